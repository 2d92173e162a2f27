using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>errorfile</c>, <c>errorloc</c> and <c>errorfiles</c> (configuration manual 4.2).</summary>
internal static class ErrorFileLines
{
    /// <summary>Statuses which have an answer of their own.</summary>
    public static readonly int[] Statuses = [200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504];

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("errorfile", ErrorFile)
        .Executed("errorloc", ErrorLocation)
        .Executed("errorloc302", ErrorLocation)
        .Executed("errorloc303", ErrorLocation)
        .Executed("errorfiles", ErrorFiles);

    private static void ErrorFile(ConfigLine line, ProxySyntax proxy)
    {
        if (Read(line) is { } answer)
        {
            Replace(proxy, answer);
        }
    }

    /// <summary>Reads an <c>errorfile</c> line, which <c>http-errors</c> sections have too.</summary>
    public static RawErrorAnswer? Read(ConfigLine line)
    {
        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} : expects <status_code> and <file> as arguments.\n\n");
            return null;
        }

        var status = Values.Integer(line[1]);
        if (Array.IndexOf(Statuses, status) < 0)
        {
            line.Error("unknown-status", $"{line[0]} : status code '{status}' not handled.\n", word: 1);
            return null;
        }

        return Load(line, line[2], status, line[0]);
    }

    /// <summary>Loads a whole answer from a file and checks that it is one.</summary>
    public static RawErrorAnswer? Load(ConfigLine line, string file, int status, string keyword)
    {
        var content = file == "/dev/null" ? [] : line.Document.Surroundings.ReadFile(file, out _);
        if (content is null)
        {
            line.Error("cannot-read", $"{keyword} : error opening file '{file}'.\n", word: 2);
            return null;
        }

        var tune = line.Document.Global.Config.Tune;
        if (content.Length > tune.BufferSize)
        {
            line.Warn("too-large", $"custom error message file '{file}' larger than {tune.BufferSize} bytes. Truncating.\n", DiagnosticPlace.None, word: 2);
            content = content[..tune.BufferSize];
        }

        if (content.Length > 0 && AnswerMessage.Problem(content, tune) is { } problem)
        {
            line.Error("bad-answer", $"{keyword} : '{file}': {problem}\n", word: 2);
            return null;
        }

        return new RawErrorAnswer(status, ValueList.Create<byte>(content), file);
    }

    private static void ErrorLocation(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} : expects <status_code> and <url> as arguments.\n\n");
            return;
        }

        var status = Values.Integer(line[1]);
        if (Array.IndexOf(Statuses, status) < 0)
        {
            line.Error("unknown-status", $"{line[0]} : status code '{status}' not handled.\n", word: 1);
            return;
        }

        Replace(proxy, new ErrorRedirect(status, line[0] == "errorloc303" ? 303 : 302, line[2]));
    }

    private static void ErrorFiles(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} : expects <name> as argument.");
            return;
        }

        var statuses = new List<int>();
        for (var i = 2; line[i].Length > 0; i++)
        {
            var status = Values.Integer(line[i]);
            if (Array.IndexOf(Statuses, status) < 0)
            {
                line.Error("unknown-status", $"{line[0]} : status code '{status}' not handled.", word: i);
                return;
            }

            statuses.Add(status);
        }

        proxy.ErrorFiles = proxy.ErrorFiles.Add(new ErrorFilesSyntax(line[1], ValueList.Create<int>(statuses.ToArray()), proxy.ErrorAnswers, line.At));
    }

    /// <summary>Adds an answer in place of an earlier one for the same status.</summary>
    public static void Replace(ProxySyntax proxy, ErrorAnswerConfig answer)
    {
        var kept = new List<ErrorAnswerConfig>();
        foreach (var old in proxy.ErrorAnswers)
        {
            if (old.Status != answer.Status)
            {
                kept.Add(old);
            }
        }

        kept.Add(answer);
        proxy.ErrorAnswers = ValueList.Create<ErrorAnswerConfig>(kept.ToArray());
    }
}
