using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Answers;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy.State;

/// <summary>Whether a proxy takes part.</summary>
public enum ProxyActivity
{
    /// <summary>Working.</summary>
    Running,

    /// <summary>Its listeners do not accept (<c>disable frontend</c>, SIGTTOU).</summary>
    Paused,

    /// <summary>Off for good (<c>disabled</c>, <c>shutdown frontend</c>, soft stop).</summary>
    Stopped,
}

/// <summary>A live <c>frontend</c>, <c>backend</c> or <c>listen</c> section.</summary>
public sealed class ProxyState
{
    /// <summary>Makes a proxy with its sides.</summary>
    public ProxyState(ProxyConfig config, int threads)
    {
        Config = config;
        Frontend = config.Frontend is null ? null : new FrontendState(this, config.Frontend, threads);
        Backend = config.Backend is null ? null : new BackendState(this, config.Backend, threads);
        HeaderNames = new HeaderNames(config);
        Answers = new AnswerSet(config.ErrorAnswers);
        Activity = config.Disabled ? ProxyActivity.Stopped : ProxyActivity.Running;
    }

    /// <summary>What the file asked for.</summary>
    public ProxyConfig Config { get; }

    /// <summary>The section's name.</summary>
    public string Name => Config.Name;

    /// <summary>The client's side; null for <c>backend</c>.</summary>
    public FrontendState? Frontend { get; }

    /// <summary>The servers' side; null for <c>frontend</c>.</summary>
    public BackendState? Backend { get; }

    /// <summary>Whether it takes part.</summary>
    public ProxyActivity Activity { get; set; }

    /// <summary>What answers requests in place of a server (statistics); null nothing.</summary>
    public StreamService? Service { get; set; }

    /// <summary>The header names of its settings.</summary>
    internal HeaderNames HeaderNames { get; }

    /// <summary>Where its log lines go.</summary>
    public LogTarget[] LogTargets { get; internal set; } = [];

    /// <summary>The program name of its log lines; null means the process'.</summary>
    public byte[]? LogTag { get; internal set; }

    /// <summary>Writes its streams' log lines; null where it has no log.</summary>
    public StreamLogger? Logger { get; set; }

    /// <summary>Its compiled rules and log formats; set by Apply when all sections stand.</summary>
    public ProxyRules Rules { get; internal set; } = null!;

    /// <summary>Log lines that it has written (%lc).</summary>
    public long LogCounter => Volatile.Read(ref _logCounter);

    private long _logCounter;

    /// <summary>Counts a log line.</summary>
    internal void CountLogLine() => Interlocked.Increment(ref _logCounter);

    /// <summary>The last request that could not be understood.</summary>
    public ErrorCapture InvalidRequest { get; } = new();

    /// <summary>The last response that could not be understood.</summary>
    public ErrorCapture InvalidResponse { get; } = new();

    /// <summary>Its error answers.</summary>
    public AnswerSet Answers { get; }
}
