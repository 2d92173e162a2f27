using System.Globalization;
using System.Text;
using Dropin.Compat.Haproxy.Stats;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show stat</c> (management manual 9.3).</summary>
internal static class ShowStat
{
    internal static void Run(CliCall call)
    {
        var query = new StatQuery { ShowsLegends = call.Session.Level >= CliLevel.Operator };
        bool typed = false, json = false, meaning = false;
        var word = 2;
        if (IsFilter(call))
        {
            if (ProxyOf(call.Word(2), call.Context, out var id) is { } failure)
            {
                call.Fail(failure);
                return;
            }
            query = query with { ProxyId = id, Kinds = Integer(call.Word(3)), ServiceId = Integer(call.Word(4)) };
            word = 5;
        }
        for (; word < call.Words.Length; word++)
        {
            switch (call.Words[word])
            {
                case "typed":
                    (typed, json) = (true, false);
                    break;
                case "json":
                    (typed, json) = (false, true);
                    break;
                case "desc":
                    meaning = true;
                    break;
                case "no-maint":
                    query = query with { HideMaintenance = true };
                    break;
                case "up":
                    query = query with { HideDown = true };
                    break;
            }
        }
        Write(call.Context, query, typed ? StatForm.Typed : json ? StatForm.Json : StatForm.Csv, meaning, call.Loop.NowMilliseconds, call.Now, call.Output);
    }

    internal static void Write(AdminContext context, StatQuery query, StatForm form, bool meaning, long nowMilliseconds, long now, StringBuilder into)
    {
        var collector = new StatCollector(context, query, nowMilliseconds, now);
        switch (form)
        {
            case StatForm.Json:
                StatJson.Rows(collector.Rows(), into);
                break;
            case StatForm.Typed:
                foreach (var row in collector.Rows())
                    StatTyped.Row(row, meaning, into);
                break;
            default:
                StatCsv.Header(into);
                foreach (var row in collector.Rows())
                    StatCsv.Row(row, into);
                break;
        }
    }

    /// <summary>Three words choose rows: proxy, kinds and service.</summary>
    private static bool IsFilter(CliCall call) => call.Word(2).Length > 0 && call.Word(3).Length > 0 && call.Word(4).Length > 0 && !IsOption(call.Word(2));

    private static bool IsOption(string word) => word is "typed" or "json" or "desc" or "no-maint" or "up";

    private static string? ProxyOf(string word, AdminContext context, out int? id)
    {
        id = null;
        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            id = number == -1 ? null : number;
            return null;
        }
        if ((context.Find(word, ProxyCapability.Frontend) ?? context.Find(word, ProxyCapability.Backend)) is not { } proxy)
            return "No such proxy.\n";
        id = proxy.Config.Id;
        return null;
    }

    /// <summary>A number as C's atoi reads it.</summary>
    internal static int Integer(string word)
    {
        var end = 0;
        while (end < word.Length && (char.IsAsciiDigit(word[end]) || (end == 0 && word[0] is '-' or '+')))
            end++;
        return int.TryParse(word.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

/// <summary>Forms of the statistics.</summary>
internal enum StatForm
{
    /// <summary>Comma-separated.</summary>
    Csv,

    /// <summary>A value a line, with type and tags.</summary>
    Typed,

    /// <summary>JSON.</summary>
    Json,
}
