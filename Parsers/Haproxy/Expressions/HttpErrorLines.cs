using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary><c>http-error status ...</c>: an error answer described in the file (configuration manual 4.2).</summary>
internal static class HttpErrorLines
{
    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("http-error", Read);

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        var status = 0;
        if (line[1] == "status")
        {
            if (line[2].Length == 0)
            {
                line.Error("missing-argument", $"{line[0]} : 'status' expects <status_code> as argument");
                return;
            }

            status = Values.Integer(line[2]);
        }

        if (status == 0)
        {
            line.Error("missing-argument", $"{line[0]} : expects at least a <status> as arguments.\n\n");
            return;
        }

        var scope = new ExpressionScope(proxy, line.At, RuleSets.Request(proxy), line.Sink);
        var words = WordList.From(line, 0);
        var index = 1;
        if (ReplyReader.Read(words, ref index, 0, errorAnswer: false, scope) is not { } reply)
        {
            line.Error("bad-answer", $"{line[0]} : {scope.Error}");
            return;
        }

        if (index < words.Length && words[index].Length > 0)
        {
            line.Error("unexpected-argument", $"{line[0]} : unexpected keyword '{words[index]}'.", word: index);
            return;
        }

        if (Array.IndexOf(ErrorFileLines.Statuses, reply.Answer.Status) < 0)
        {
            line.Error("unknown-status", $"{line[0]}: status code '{reply.Answer.Status}' not handled.\n");
            return;
        }

        ErrorFileLines.Replace(proxy, new BuiltErrorAnswer(reply.Answer.Status, reply.Answer));
    }
}
