using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>Whether scripts can be run, and whether they may be run as root.</summary>
internal static class ScriptChecks
{
    private static readonly DiagnosticDescriptor s_missing = FindingKind.Warning("script-not-found", "Disabling track script {0} since not found/accessible");
    private static readonly DiagnosticDescriptor s_insecure = FindingKind.Warning("script-insecure", "Disabling track script {0} due to insecure");
    private static readonly DiagnosticDescriptor s_violation = FindingKind.Unsafe("script-security",
        "SECURITY VIOLATION - {0}scripts are being executed but script_security not enabled.{1}");

    /// <summary>The scripts of virtual routers: those that are missing or may be replaced by others are not run.</summary>
    public static void Vrrp(Document document)
    {
        var state = new State();
        foreach (var script in document.Vrrp.Scripts.All.ToArray())
        {
            var facts = Facts(document, script.Script!.Words, script.User!.Value);
            if (facts is null || facts.Path is null)
            {
                document.Sink.Add(s_missing, script.Name);
                Remove(document, script);
            }
            else if (Judge(document, facts, script.User.Value, state))
            {
                document.Sink.Add(s_insecure, script.Name);
                Remove(document, script);
            }
        }

        foreach (var instance in document.Vrrp.Instances.All)
        {
            Notifications(document, instance.Notify, state);
        }

        foreach (var group in document.Vrrp.Groups)
        {
            Notifications(document, group.Notify, state);
        }

        Fifo(document, document.Global.Fifo, state);
        Fifo(document, document.Global.VrrpFifo, state);
        Report(document, "", state);
    }

    /// <summary>The scripts of start and end.</summary>
    public static void Parent(Document document)
    {
        var state = new State();
        document.Global.StartupScript = Checked(document, document.Global.StartupScript, state);
        document.Global.ShutdownScript = Checked(document, document.Global.ShutdownScript, state);
        Report(document, "start/shutdown ", state);
    }

    /// <summary>Judges one script; null where it may not be run.</summary>
    public static ScriptSyntax? Checked(Document document, ScriptSyntax? script, State state)
    {
        if (script is null)
        {
            return null;
        }

        var user = script.User ?? document.Facts.Self;
        var facts = Facts(document, script.Words, user);
        return facts?.Path is null || Judge(document, facts, user, state) ? null : script;
    }

    /// <summary>Says what was found of a whole.</summary>
    public static void Report(Document document, string what, State state)
    {
        if (state.RunsAsRoot && !document.Global.Config.ScriptSecurity)
        {
            document.Sink.Add(s_violation, what, state.Insecure ? " There are insecure scripts." : "");
        }
    }

    private static void Notifications(Document document, NotifySyntax notify, State state)
    {
        foreach (var (word, script) in notify.Scripts.ToArray())
        {
            if (Checked(document, script, state) is null)
            {
                notify.Scripts.Remove(word);
            }
        }
    }

    private static void Fifo(Document document, FifoSyntax fifo, State state) => fifo.Reader = Checked(document, fifo.Reader, state);

    // True: it is not run.
    private static bool Judge(Document document, CommandFacts facts, (uint UserId, uint GroupId) user, State state)
    {
        if (user.UserId != 0 && user.GroupId != 0)
        {
            return false;
        }

        state.RunsAsRoot = true;
        state.Insecure |= !facts.Secure;
        return document.Global.Config.ScriptSecurity && !facts.Secure;
    }

    private static CommandFacts? Facts(Document document, List<string> words, (uint UserId, uint GroupId) user) =>
        words.Count == 0 ? null
        // bash's files that are connections: its own matter, no file is looked for.
        : words[0].StartsWith("</dev/tcp", StringComparison.Ordinal) ? new CommandFacts(words[0], true, true)
        : document.Facts.FindCommand(words[0], user.UserId, user.GroupId);

    private static void Remove(Document document, TrackScriptSyntax script)
    {
        document.Vrrp.Scripts.Remove(script);
        foreach (var instance in document.Vrrp.Instances.All)
        {
            instance.Tracking.Scripts.RemoveAll(t => t.Target == script);
        }

        foreach (var group in document.Vrrp.Groups)
        {
            group.Tracking.Scripts.RemoveAll(t => t.Target == script);
        }
    }

    /// <summary>What was found of several scripts.</summary>
    internal sealed class State
    {
        public bool RunsAsRoot { get; set; }

        public bool Insecure { get; set; }
    }
}
