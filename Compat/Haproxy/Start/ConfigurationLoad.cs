using System.Collections;
using Dropin.Compat.Haproxy.Arguments;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Reads the files and says what was found in them, unless the parent of this process has said it already.</summary>
internal sealed class ConfigurationLoad(Messages messages, HaproxyArguments arguments, ProcessRole role)
{
    /// <summary>The configuration; null when it cannot be used, which has been said.</summary>
    internal HaproxyConfig? Run(IReadOnlyList<string> files)
    {
        var result = HaproxyConfigLoader.Load(files, new LoadOptions
        {
            Environment = Variables(),
            LocalPeer = arguments.LocalPeer,
            TolerateUnknownHosts = arguments.IgnoreResolution,
        });
        if (result.Config is null || !role.FilesWereReported)
            Say(result);
        if (result.Config is null || !result.ZeroWarning || !result.HasWarnings)
            return result.Config;
        messages.Alert("config : Some warnings were found and 'zero-warning' is set. Aborting.");
        return null;
    }

    private void Say(LoadResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            var text = DiagnosticText.Of(diagnostic);
            switch (diagnostic.Severity)
            {
                case DiagnosticSeverity.Alert:
                    messages.Alert(text);
                    break;
                case DiagnosticSeverity.Warning:
                    messages.Warning(text);
                    break;
                case DiagnosticSeverity.Notice:
                    messages.Notice(text);
                    break;
                case DiagnosticSeverity.Diag when arguments.Diagnose:
                    messages.Diagnostic(text);
                    break;
            }
        }
    }

    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
