using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>An <c>http-errors</c> section.</summary>
public sealed record HttpErrorsSyntax(string Name, SourceSpan At)
{
    /// <summary>Its answers.</summary>
    public List<RawErrorAnswer> Answers { get; } = [];
}

/// <summary><c>http-errors</c> (configuration manual 12.4).</summary>
internal sealed class HttpErrorsSection : ISectionReader
{
    private HttpErrorsSyntax? _section;

    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        _section = null;
        if (line[1].Length == 0)
        {
            line.Stop("missing-argument", $"missing name for http-errors section.\n");
            return "http-errors";
        }

        if (ServerLines.InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in '{line[0]}' name '{line[1]}'.", word: 1);
            return line[1];
        }

        if (line.Document.HttpErrors.TryGetValue(line[1], out var other))
        {
            line.ErrorTight("duplicate-name",
                $"http-errors section '{line[1]}' already exists (declared at {other.At.File}:{other.At.Line}).", 1);
        }

        _section = new HttpErrorsSyntax(line[1], line.At);
        line.Document.HttpErrors[line[1]] = _section;
        return line[1];
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        if (line[0] != "errorfile")
        {
            line.Error("unknown-keyword", $"unknown keyword '{line[0]}' in '{line.Section}' section");
            return;
        }

        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]}: expects <status_code> and <file> as arguments.");
            return;
        }

        if (ErrorFileLines.Read(line) is { } answer)
        {
            _section?.Answers.RemoveAll(a => a.Status == answer.Status);
            _section?.Answers.Add(answer);
        }
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document) => _section = null;
}
