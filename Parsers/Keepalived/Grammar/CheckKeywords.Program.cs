using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>MISC_CHECK.</summary>
internal static partial class CheckKeywords
{
    private static readonly DiagnosticDescriptor s_timeout = FindingKind.Warning("misc-timeout", "Invalid misc_timeout value '{0}'");
    private static readonly DiagnosticDescriptor s_noUser = FindingKind.Warning("misc-user-missing", "No user specified for misc checker script {0}");
    private static readonly DiagnosticDescriptor s_user = FindingKind.Warning("misc-user", "Failed to set uid/gid for misc checker script {0} - removing");
    private static readonly DiagnosticDescriptor s_noScript = FindingKind.Warning("misc-script", "No script path has been specified for MISC_CHECKER - skipping");
    private static readonly DiagnosticDescriptor s_defaultUser = FindingKind.Warning("misc-default-user", "Unable to set default user for misc script {0} - removing");

    private static KeywordTable Program(KeywordTable table)
    {
        Common(table)
            .Accepted("misc_path", GlobalKeywords.NoIpvs, ProgramPath)
            .Accepted("misc_timeout", GlobalKeywords.NoIpvs, ProgramTimeout)
            .Accepted("misc_dynamic", GlobalKeywords.NoIpvs, s => Set(s, c => c with { ExitCodeIsWeight = true }))
            .Accepted("user", GlobalKeywords.NoIpvs, ProgramUser);
        var times = s_times;

        // A program connects to nothing by itself: it has no connect_timeout.
        var all = times.AddTo(new KeywordTable(table.Path), (s, change) => Set(s, c => c with { Times = change(c.Times) }));
        foreach (var word in (ReadOnlySpan<string>)["retry", "delay_before_retry", "warmup", "delay_loop"])
        {
            table.Accepted(word, GlobalKeywords.NoIpvs, all.Find(word)!.Reader);
        }

        return table;
    }

    private static void ProgramPath(Statement s)
    {
        if (Scripts.Words(s) is not { Count: > 1 } words || Scripts.Command(s, words[1]) is not { Count: > 0 } command)
        {
            return;
        }

        Of(s).Script = new ScriptSyntax(words[1], command, null, s.At);
    }

    private static void ProgramTimeout(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, Statement.MostSeconds, out var seconds))
        {
            Set(s, c => c with { CommandTimeout = TimeSpan.FromSeconds(seconds) });
        }
        else
        {
            s.Report(s_timeout, word);
        }
    }

    private static void ProgramUser(Statement s)
    {
        var check = Of(s);
        if (check.Failed)
        {
            return;
        }

        if (s.Word(1) is not { } name)
        {
            s.Report(s_noUser, Quoted(check.Script));
            return;
        }

        check.User = Scripts.FindUser(s.Document, name, s.Word(2));
        if (check.User is null)
        {
            s.Report(s_user, Quoted(check.Script));
            check.Failed = true;
        }
    }

    private static string Quoted(ScriptSyntax? script) => script is null ? "" : string.Join(' ', script.Words.Select(w => $"'{w}'"));

    private static void CloseProgram(Document document)
    {
        var check = document.Checkers.Check!;
        if (check.Failed)
        {
            return;
        }

        if (check.Script is null)
        {
            document.Sink.Add(s_noScript, document.Lines!.At, false);
            check.Failed = true;
            return;
        }

        check.User ??= Scripts.Default(document, document.Lines!.At, false);
        if (check.User is null)
        {
            document.Sink.Add(s_defaultUser, document.Lines!.At, false, Quoted(check.Script));
            check.Failed = true;
        }
    }
}
