using System.Globalization;
using Dropin.Compat.Haproxy.Stats;
using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show info</c> and <c>show schema json</c> (management manual 9.3).</summary>
internal static class ShowInfo
{
    internal static void Run(CliCall call)
    {
        bool typed = false, json = false, meaning = false, precise = false;
        foreach (var word in call.Words.AsSpan(2))
        {
            typed = word == "typed" || (typed && word != "json");
            json = word == "json" || (json && word != "typed");
            meaning |= word == "desc";
            precise |= word == "float";
        }
        var info = Take(call);
        if (json)
        {
            StatJson.Process(info, call.Output);
            return;
        }
        for (var field = default(InfoField); field < (InfoField)ProcessInfo.FieldCount; field++)
        {
            if (!info[field].Exists)
                continue;
            if (typed)
            {
                call.Output.Append((int)field).Append('.').Append(InfoNames.Name(field)).Append(".1:");
                StatTyped.Value(info[field], call.Output);
            }
            else
            {
                call.Output.Append(InfoNames.Name(field)).Append(": ");
                Value(info, field, precise, call);
            }
            if (meaning)
                call.Output.Append(":\"").Append(InfoNames.Meaning(field)).Append('"');
            call.Output.Append('\n');
        }
    }

    internal static void Schema(CliCall call) => call.Output.Append(StatSchema.Json).Append('\n');

    private static ProcessInfo Take(CliCall call)
    {
        var info = ProcessInfo.Take(call.Context, call.Loop.NowMilliseconds, call.Loop.NowMicroseconds);
        info.Text(InfoField.Name, "HAProxy");
        info.Text(InfoField.Version, ProductVersion.Text);
        info.Text(InfoField.ReleaseDate, ProductVersion.Date);
        info.Text(InfoField.Uptime, Uptime(info.UptimeMicroseconds / 1_000_000));
        info.Text(InfoField.BuildInfo, ProductVersion.Text);
        return info;
    }

    /// <summary>Days, hours, minutes and seconds: <c>0d 0h00m02s</c>.</summary>
    internal static string Uptime(long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400}d {seconds % 86400 / 3600}h{seconds % 3600 / 60:00}m{seconds % 60:00}s");

    private static void Value(ProcessInfo info, InfoField field, bool precise, CliCall call)
    {
        if (precise && field is (InfoField.UptimeSec or InfoField.StartTimeSec))
        {
            var microseconds = field == InfoField.UptimeSec ? info.UptimeMicroseconds : info.StartWallMicroseconds;
            call.Output.Append(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:000000}");
        }
        else if (info[field].Kind == StatValueKind.Text)
        {
            call.Output.Append(info[field].Text);
        }
        else
        {
            StatCsv.Number(info[field], call.Output);
        }
    }
}
