using System.Collections;
using System.Text;
using Dropin.Compat.Haproxy.Arguments;
using Dropin.Parsers.Haproxy;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Reads the files and says what was found in them, unless the parent of this process has said it already.</summary>
internal sealed class ConfigurationLoad(Messages messages, HaproxyArguments arguments, ProcessRole role)
{
    /// <summary>The configuration; null when it cannot be used, which has been said.</summary>
    internal HaproxyConfig? Run(IReadOnlyList<string> files)
    {
        ExpressionServices.Regex = CheckRegex;
        var result = HaproxyConfigLoader.Load(files, new LoadOptions
        {
            Environment = Variables(),
            LocalPeer = arguments.LocalPeer,
            TolerateUnknownHosts = arguments.IgnoreResolution,
            MasterWorker = arguments.MasterWorker,
        });
        // What the parent has said already is kept for 'show startup-logs' and not said again.
        var quiet = messages.Quiet;
        messages.Quiet |= result.Config != null && role.FilesWereReported;
        Say(result);
        messages.Quiet = quiet;
        if (result.Config is null || !result.ZeroWarning || !result.HasWarnings)
            return WithCommandLine(result.Config);
        messages.Alert("config : Some warnings were found and 'zero-warning' is set. Aborting.");
        return null;
    }

    /// <summary><c>-N</c>: the limit of every proxy that has none of its own.</summary>
    private HaproxyConfig? WithCommandLine(HaproxyConfig? config)
    {
        if (config == null || arguments.ProxyMaxConnections <= 0)
            return config;
        var proxies = config.Proxies.Select(proxy => proxy.Frontend is { MaxConnections: null } frontend
            ? proxy with { Frontend = frontend with { MaxConnections = arguments.ProxyMaxConnections } }
            : proxy);
        return config with { Proxies = ValueList.Create<ProxyConfig>(proxies.ToArray()) };
    }

    // Parsers may not know the library of regular expressions, and ask us.
    private static string? CheckRegex(string pattern, bool ignoreCase, out int offset)
    {
        CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(pattern), ignoreCase, out var error, out offset);
        return error;
    }

    private void Say(LoadResult result)
    {
        foreach (var diagnostic in result.Diagnostics.Take(result.Shown))
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
