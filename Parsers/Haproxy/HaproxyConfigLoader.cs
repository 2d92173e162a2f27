using Dropin.Parsers.Haproxy.Binding;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy;

/// <summary>How a load is done.</summary>
public sealed record LoadOptions
{
    /// <summary>The variables of the process.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The machine.</summary>
    public ISurroundings Surroundings { get; init; } = new MachineSurroundings();

    /// <summary>What <c>.if</c> is told about the engine.</summary>
    public EngineIdentity Engine { get; init; } = EngineIdentity.Current;

    /// <summary>The node's name among peers (<c>-L</c>); null the host name.</summary>
    public string? LocalPeer { get; init; }

    /// <summary>Servers whose name does not resolve are disabled (<c>-dr</c>).</summary>
    public bool TolerateUnknownHosts { get; init; }

    /// <summary>A master will run (<c>-W</c>, <c>-Ws</c>); the files may ask for one as well.</summary>
    public bool MasterWorker { get; init; }

    /// <summary>Reads a file's bytes; for tests and for standard input.</summary>
    public Func<string, byte[]>? ReadFile { get; init; }
}

/// <summary>What came of a load.</summary>
/// <param name="Config">The configuration; null when the load failed.</param>
/// <param name="Diagnostics">All findings in order.</param>
/// <param name="HasListener">Something listens: without it the process does not start.</param>
/// <param name="ZeroWarning">Warnings make the start fail (<c>zero-warning</c>).</param>
public sealed record LoadResult(HaproxyConfig? Config, IReadOnlyList<Diagnostic> Diagnostics, bool HasListener, bool ZeroWarning)
{
    /// <summary>How many of the findings may be shown; <c>quiet</c> silences those behind it.</summary>
    public int Shown { get; init; } = Diagnostics.Count;

    /// <summary>Something was warned about.</summary>
    public bool HasWarnings => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Warning);
}

/// <summary>Reads the files of a haproxy process into the IR.</summary>
public static class HaproxyConfigLoader
{
    /// <summary>Reads files and folders in the order given.</summary>
    /// <param name="paths">What <c>-f</c> says.</param>
    /// <param name="options">Environment and machine.</param>
    public static LoadResult Load(IEnumerable<string> paths, LoadOptions options)
    {
        var sink = new DiagnosticSink();
        var environment = new EnvironmentTable(options.Environment);
        environment.Set("HAPROXY_LOCALPEER", options.LocalPeer ?? options.Surroundings.HostName);
        var document = new ConfigSyntax(environment, options.Surroundings);
        var files = options.ReadFile is null ? ConfigurationFiles.List(paths, out var missing, out var reason) : Given(paths, out missing, out reason);
        if (missing is not null)
        {
            sink.Add(LexingTexts.CannotOpen, default, missing, reason ?? "");
            return Failed(sink);
        }

        var reader = new ConfigurationReader(document, sink, options.Engine);
        foreach (var file in files)
        {
            var failures = sink.FailureCount;
            byte[] content;
            try
            {
                content = options.ReadFile is { } read ? read(file) : ConfigurationFiles.Content(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                sink.Add(LexingTexts.CouldNotOpen, default, file,
                    e is UnauthorizedAccessException ? "Permission denied" : e is FileNotFoundException ? "No such file or directory"
                        : e is FileTooLargeException ? "File too large" : "Input/output error");
                return Failed(sink);
            }

            reader.Read(file, content);
            var unreadable = sink.Stopped && sink.All[^1].Descriptor == LexingTexts.CouldNotOpen;
            if (sink.FailureCount > failures && !unreadable)
            {
                sink.Add(LexingTexts.ErrorsInFile, default, file);
            }

            if (sink.Stopped)
            {
                return Failed(sink) with { Shown = document.Global.QuietFrom ?? sink.All.Count };
            }
        }

        environment.Set("HAPROXY_CFGFILES", string.Join(';', files));
        var result = Bind(document, sink, options);
        return result with { Shown = document.Global.QuietFrom ?? sink.All.Count };
    }

    private static LoadResult Bind(ConfigSyntax document, DiagnosticSink sink, LoadOptions options)
    {
        var formats = new Dictionary<ProxySyntax, ProxyFormats>();
        if (sink.FailureCount == 0)
        {
            var checks = new ProxyChecks(document, sink);
            UserListChecks.Check(document, sink);
            foreach (var program in document.Programs)
            {
                if (program.Command.Count == 0)
                {
                    sink.Error("missing-command", program.At, $"The program section '{program.Name}' lacks a command to launch.");
                }
            }

            if (document.Programs.Count > 0 && !options.MasterWorker && !document.Global.Config.MasterWorker)
            {
                sink.Error("no-master", default, $"Can't use a 'program' section without master worker mode.");
            }

            foreach (var proxy in document.Proxies)
            {
                formats[proxy] = checks.Check(proxy);
            }

            foreach (var proxy in document.Proxies)
            {
                checks.CheckLate(proxy);
            }

            HeaderCaseFile.Read(document, sink);
        }

        if (sink.FailureCount > 0)
        {
            sink.Add(LexingTexts.FatalErrors, default);
            return Failed(sink);
        }

        if (!ServerNames.Resolve(document, options.TolerateUnknownHosts, sink))
        {
            return Failed(sink);
        }

        ServerStateFile(document, sink);
        var listening = document.Global.StatsSockets.Count > 0 || document.Proxies.Exists(p => !p.Disabled && p.IsFrontend && p.Binds.Count > 0);
        return new LoadResult(new ConfigBuilder(document).Build(formats), sink.All, listening, document.Global.ZeroWarning);
    }

    private static void ServerStateFile(ConfigSyntax document, DiagnosticSink sink)
    {
        if (document.Global.Config.ServerStateFile is not { } file)
        {
            return;
        }

        var path = file.StartsWith('/') || document.Global.Config.ServerStateBase is not { } folder ? file : folder + "/" + file;
        if (document.Surroundings.ReadFile(path, out var reason) is null)
        {
            sink.Warn("no-server-state", default, $"config: Can't open global server state file '{path}': {reason}");
        }
    }

    private static LoadResult Failed(DiagnosticSink sink) => new(null, sink.All, false, false);

    private static List<string> Given(IEnumerable<string> paths, out string? missing, out string? reason)
    {
        (missing, reason) = (null, null);
        return [.. paths];
    }
}
