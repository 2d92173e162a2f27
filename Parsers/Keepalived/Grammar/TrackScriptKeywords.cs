using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>vrrp_script</c>.</summary>
internal static class TrackScriptKeywords
{
    private static readonly DiagnosticDescriptor s_interval = FindingKind.Warning("script-interval", "({0}): vrrp script interval '{1}' must be between 1 and 4294 - ignoring");
    private static readonly DiagnosticDescriptor s_zero = FindingKind.Warning("script-zero", "({0}): vrrp script {1} must be greater than 0, setting to 1");
    private static readonly DiagnosticDescriptor s_timeout = FindingKind.Warning("script-timeout", "({0}): vrrp script timeout '{1}' invalid - ignoring");
    private static readonly DiagnosticDescriptor s_weight = FindingKind.Warning("script-weight", "vrrp_script {0} weight {1} must be in [-253, 253]");
    private static readonly DiagnosticDescriptor s_option = FindingKind.Warning("script-weight-option", "vrrp_script {0} unknown weight option {1}");
    private static readonly DiagnosticDescriptor s_count = FindingKind.Warning("script-count", "({0}): vrrp script {1} value '{2}' invalid, defaulting to 1");
    private static readonly DiagnosticDescriptor s_user = FindingKind.Warning("script-user-group", "Unable to set uid/gid for script '{0}'");
    private static readonly DiagnosticDescriptor s_none = FindingKind.Warning("script-missing", "No script set for vrrp_script {0} - removing");
    private static readonly DiagnosticDescriptor s_noUser = FindingKind.Warning("script-no-user", "Unable to set default user for vrrp script {0} - removing");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = new KeywordTable("vrrp_script")
        .Executed("script", Script)
        .Executed("interval", s => Time(s, s_interval, (t, v) => t.Interval = v))
        .Executed("timeout", s => Time(s, s_timeout, (t, v) => t.Timeout = v))
        .Executed("weight", Weight)
        .Executed("rise", s => Count(s, (t, v) => t.Rise = v))
        .Executed("fall", s => Count(s, (t, v) => t.Fall = v))
        .Executed("user", User)
        .Executed("init_fail", s => Of(s).StartsFailed = true);

    /// <summary>Begins a script.</summary>
    public static void Open(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        s.Document.Vrrp.Script = new TrackScriptSyntax(name, s.At);
    }

    /// <summary>Ends it: without a command or a user it is none.</summary>
    public static void Close(Document document)
    {
        var script = document.Vrrp.Script!;
        var at = document.Lines!.At;
        if (script.UserFailed)
        {
            return;
        }

        if (script.Script is null)
        {
            document.Sink.Add(s_none, at, false, script.Name);
            return;
        }

        script.User ??= Scripts.Default(document, at, false);
        if (script.User is null)
        {
            document.Sink.Add(s_noUser, at, false, script.Name);
            return;
        }

        document.Vrrp.Scripts.Add(script);
    }

    private static TrackScriptSyntax Of(Statement s) => s.Document.Vrrp.Script!;

    private static void Script(Statement s)
    {
        if (Scripts.Words(s) is not { Count: > 1 } words)
        {
            return;
        }

        // One quoted string is a command with its arguments; words behind it, or without quotes, are passed over.
        Of(s).Script = Scripts.Command(s, words[1]) is { Count: > 0 } command ? new ScriptSyntax(words[1], command, null, s.At) : null;
    }

    private static void Time(Statement s, DiagnosticDescriptor complaint, Action<TrackScriptSyntax, TimeSpan> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 0, Statement.MostSeconds, out var seconds))
        {
            s.Report(complaint, Of(s).Name, word);
            return;
        }

        if (seconds == 0)
        {
            s.Report(s_zero, Of(s).Name, s.Keyword);
        }

        set(Of(s), TimeSpan.FromSeconds(Math.Max(1, seconds)));
    }

    private static void Weight(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Integer(word, -253, 253, out var weight))
        {
            s.Report(s_weight, Of(s).Name, word);
            return;
        }

        Of(s).Weight = weight;
        if (s.Word(2) == "reverse")
        {
            Of(s).Reverse = true;
        }
        else if (s.Word(2) is { } option)
        {
            s.Report(s_option, Of(s).Name, option);
        }
    }

    private static void Count(Statement s, Action<TrackScriptSyntax, int> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 1, int.MaxValue, out var count))
        {
            s.Report(s_count, Of(s).Name, s.Keyword, word);
            count = 1;
        }

        set(Of(s), (int)count);
    }

    private static void User(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        var script = Of(s);
        script.User = Scripts.FindUser(s.Document, name, s.Word(2));
        script.UserFailed = script.User is null;
        if (script.UserFailed)
        {
            s.Report(s_user, script.Script?.Words[0] ?? "(null)");
        }
    }
}
