using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs about scripts, their user and pipes.</summary>
internal static class GlobalScripts
{
    private static readonly DiagnosticDescriptor s_noUser = FindingKind.Warning("script-user-missing", "No script username specified");
    private static readonly DiagnosticDescriptor s_badUser = FindingKind.Warning("script-user", "Error setting global script uid/gid");
    private static readonly DiagnosticDescriptor s_noFifo = FindingKind.Warning("fifo-name", "No {0} name specified");
    private static readonly DiagnosticDescriptor s_noFifoScript = FindingKind.Warning("fifo-script", "No {0} specified");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("fifo-twice", "{0} already specified - ignoring {1}");
    private static readonly DiagnosticDescriptor s_fifoUser = FindingKind.LogOnly("fifo-user", "Unable to set uid/gid for {0}");
    private static readonly DiagnosticDescriptor s_missing = FindingKind.Warning("start-script-missing", "{0} script missing");
    private static readonly DiagnosticDescriptor s_invalid = FindingKind.Warning("start-script-invalid", "Invalid {0} script");
    private static readonly DiagnosticDescriptor s_already = FindingKind.Warning("start-script-twice", "{0} script already specified");
    private static readonly DiagnosticDescriptor s_noTime = FindingKind.Warning("start-script-time", "{0} requires value");

    public static void AddTo(KeywordTable table) => table
        .Executed("script_user", User)
        .Executed("enable_script_security", GlobalKeywords.Flag(g => g.Config = g.Config with { ScriptSecurity = true }))
        .Executed("notify_fifo", s => Fifo(s, s.Document.Global.Fifo))
        .Executed("notify_fifo_script", s => FifoScript(s, s.Document.Global.Fifo))
        .Executed("vrrp_notify_fifo", s => Fifo(s, s.Document.Global.VrrpFifo))
        .Executed("vrrp_notify_fifo_script", s => FifoScript(s, s.Document.Global.VrrpFifo))
        .Accepted("lvs_notify_fifo", GlobalKeywords.NoIpvs, s => Fifo(s, s.Document.Global.LvsFifo))
        .Accepted("lvs_notify_fifo_script", GlobalKeywords.NoIpvs, s => FifoScript(s, s.Document.Global.LvsFifo))
        .Executed("fifo_write_vrrp_states_on_reload", GlobalKeywords.Flag(g => g.Config = g.Config with { FifoStatesOnReload = true }))
        .Executed("startup_script", s => StartScript(s, "startup"))
        .Executed("startup_script_timeout", s => Timeout(s, (g, t) => g.Config = g.Config with { StartupScriptTimeout = t }))
        .Executed("shutdown_script", s => StartScript(s, "shutdown"))
        .Executed("shutdown_script_timeout", s => Timeout(s, (g, t) => g.Config = g.Config with { ShutdownScriptTimeout = t }))
        .Foreign("newer than the announced release", "set_supplementary_groups", "use_symlink_paths");

    private static void User(Statement s)
    {
        if (s.Word(1) is not { } name)
        {
            s.Report(s_noUser);
            return;
        }

        var global = s.Document.Global;
        global.ScriptUser = Scripts.FindUser(s.Document, name, s.Word(2));
        global.ScriptUserFailed = global.ScriptUser is null;
        if (global.ScriptUserFailed)
        {
            s.Report(s_badUser);
        }
    }

    private static void Fifo(Statement s, FifoSyntax fifo)
    {
        if (s.Word(1) is not { } path)
        {
            s.Report(s_noFifo, s.Keyword);
            return;
        }

        if (fifo.Path is not null)
        {
            s.Report(s_twice, s.Keyword, path);
            return;
        }

        if (s.Word(2) is { } user)
        {
            fifo.Owner = Scripts.FindUser(s.Document, user, s.Word(3));
            if (fifo.Owner is null)
            {
                s.Report(s_fifoUser, s.Keyword);
                return;
            }
        }

        fifo.Path = path;
    }

    private static void FifoScript(Statement s, FifoSyntax fifo)
    {
        if (s.Count < 2)
        {
            s.Report(s_noFifoScript, s.Keyword);
        }
        else if (fifo.Reader is not null)
        {
            s.Report(s_twice, s.Keyword, s.Words[1]);
        }
        else
        {
            fifo.Reader = Scripts.Read(s, s_fifoUser, s.Keyword);
        }
    }

    private static void StartScript(Statement s, string which)
    {
        if (s.Count < 2)
        {
            s.Report(s_missing, which);
            return;
        }

        if (!s.Document.Global.Once.Add(s.Keyword))
        {
            s.Report(s_already, which);
            return;
        }

        if (Scripts.Read(s, s_invalid, which) is not { } script)
        {
            return;
        }

        if (which == "startup")
        {
            s.Document.Global.StartupScript = script;
        }
        else
        {
            s.Document.Global.ShutdownScript = script;
        }
    }

    private static void Timeout(Statement s, Action<GlobalSyntax, TimeSpan> set)
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noTime, s.Keyword);
        }
        else if (s.Unsigned(word, 1, 1000, out var seconds))
        {
            set(s.Document.Global, TimeSpan.FromSeconds(seconds));
        }
        else
        {
            s.Report(GlobalTexts.MustBeIn, s.Keyword, word, "1, 1000");
        }
    }
}
