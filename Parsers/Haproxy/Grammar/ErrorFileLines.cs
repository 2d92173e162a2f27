using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

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

        if (content.Length > line.Document.Global.Config.Tune.BufferSize - line.Document.Global.Config.Tune.MaxRewrite)
        {
            line.Error("too-large", $"{keyword} : file '{file}' too large (max {line.Document.Global.Config.Tune.BufferSize - line.Document.Global.Config.Tune.MaxRewrite}).\n", word: 2);
            return null;
        }

        if (content.Length > 0 && ErrorOffset(content) is { } offset)
        {
            line.Error("bad-answer", $"{keyword} : '{file}': unable to parse headers (error offset: {offset})\n", word: 2);
            return null;
        }

        return new RawErrorAnswer(status, ValueList.Create<byte>(content), file);
    }

    // Where the head stops making sense; null when it is a good head. Bare line feeds are allowed.
    private static int? ErrorOffset(byte[] content)
    {
        if (!content.AsSpan().StartsWith("HTTP/"u8))
        {
            return 0;
        }

        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\n' && i + 1 < content.Length
                && (content[i + 1] == '\n' || (content[i + 1] == '\r' && i + 2 < content.Length && content[i + 2] == '\n')))
            {
                return null;
            }
        }

        return content.Length;
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
