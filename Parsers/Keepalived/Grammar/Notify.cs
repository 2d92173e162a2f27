using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Scripts that are told of changes, of virtual routers, groups and servers alike.</summary>
internal static class Notify
{
    /// <summary>Said in the log only by the original, never by its test of a configuration.</summary>
    private static readonly DiagnosticDescriptor s_user = FindingKind.LogOnly("notify-user", "Unable to set uid/gid for {0} script");

    /// <summary>Reads a script; the keyword says of which change.</summary>
    public static void Read(Statement s, Dictionary<string, ScriptSyntax> scripts, DiagnosticDescriptor twice, string owner)
    {
        // The quotes of scripts are counted first: a line with half a quote has no value to be missed.
        if (Scripts.Words(s) is not { } words)
        {
            return;
        }

        if (words.Count < 2)
        {
            s.Need(out _, words.Count);
            return;
        }

        var word = words[1];

        if (scripts.ContainsKey(s.Keyword))
        {
            s.Report(twice, owner, s.Keyword, word);
            return;
        }

        if (Scripts.Read(s, s_user, s.Keyword) is { } script)
        {
            // Where there is no default user, the script is not run; the original says so at the first script only.
            script = script with { User = script.User ?? Scripts.Default(s) };
            if (script.User is not null)
            {
                scripts[s.Keyword] = script;
            }
        }
    }
}
