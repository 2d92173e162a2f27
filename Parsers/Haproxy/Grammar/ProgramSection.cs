using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Reads <c>program</c> sections (configuration manual 3.7).</summary>
internal sealed class ProgramSection : ISectionReader
{
    private ProgramConfig? _program;

    /// <summary>The registry's entries.</summary>
    public static IEnumerable<KeywordEntry> Entries
    {
        get
        {
            yield return new KeywordEntry("section", "", "program", KeywordStatus.Executed);
            foreach (var keyword in (string[])["command", "option start-on-reload", "user", "group"])
            {
                yield return new KeywordEntry("config", "program", keyword, KeywordStatus.Executed);
            }
        }
    }

    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        _program = null;
        if (line[1].Length == 0)
        {
            line.Stop("missing-argument", $"'program' expects an <id> argument");
            return "program";
        }

        if (line[2].Length > 0)
        {
            line.Stop("unexpected-argument", $"'program' cannot handle unexpected argument '{line[2]}'.");
            return line[1];
        }

        if (line.Document.Programs.Exists(program => program.Name == line[1]))
        {
            line.Stop("duplicate-name", $"'{line[1]}' program section already exists in the configuration.", Runtime.Ir.Source.DiagnosticPlace.ParsingTight);
            return line[1];
        }

        _program = new ProgramConfig { Name = line[1], Command = [], At = line.At };
        return line[1];
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        var program = _program ?? new ProgramConfig { Name = "", Command = [] };
        switch (line[0])
        {
            case "command":
                if (line[1].Length == 0)
                {
                    line.ErrorTight("missing-argument", $"'command' expects a command with optional arguments separated in words.");
                    return;
                }

                program = program with { Command = Words(line) };
                break;
            case "option":
                if (!ReadOption(line, ref program))
                {
                    return;
                }

                break;
            case "user":
                if (!HasName(line, "a user name"))
                {
                    return;
                }

                if (line.Document.Surroundings.FindUser(line[1]) is null)
                {
                    line.Error("unknown-user", $"cannot find user id for '{line[1]}' (0:Success)", word: 1);
                    return;
                }

                program = program with { User = line[1] };
                break;
            case "group":
                if (!HasName(line, "a group name"))
                {
                    return;
                }

                if (line.Document.Surroundings.FindGroup(line[1]) is null)
                {
                    line.Error("unknown-group", $"cannot find group id for '{line[1]}' (0:Success)", word: 1);
                    return;
                }

                program = program with { Group = line[1] };
                break;
            default:
                line.Error("unknown-keyword", $"unknown keyword '{line[0]}' in 'program' section");
                return;
        }

        _program = _program is null ? null : program;
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document)
    {
        if (_program is not null)
        {
            document.Programs.Add(_program);
        }

        _program = null;
    }

    private static bool ReadOption(ConfigLine line, ref ProgramConfig program)
    {
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'option' expects an option name.");
            return false;
        }

        if (line[1] != "start-on-reload")
        {
            line.Error("unknown-option", $"unknown option '{line[1]}'.", word: 1);
            return false;
        }

        if (line.HasTooMany(0, nameWords: 1))
        {
            return false;
        }

        program = program with { StartOnReload = line.Prefix != LinePrefix.No };
        return true;
    }

    private static bool HasName(ConfigLine line, string what)
    {
        if (line[1].Length > 0)
        {
            return !line.HasTooMany(1);
        }

        line.ErrorTight("missing-argument", $"'{line[0]}' expects {what}.");
        return false;
    }

    private static ValueList<string> Words(ConfigLine line)
    {
        var words = new string[line.Count - 1];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = line[i + 1];
        }

        return ValueList.Create<string>(words);
    }
}
