using Dropin.Runtime.Proxy;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Admin;

/// <summary>Looks once a second at what rates are made of, so that traffic has to count totals only.</summary>
public sealed class LoadSampler : LoopTask
{
    private const int Period = 1000;

    private readonly ProxyEngine _engine;
    private long _lastBytes;
    private TimeSpan _lastCpu;
    private long _lastMicroseconds;

    /// <summary>A sampler; it begins with <see cref="Begin"/>.</summary>
    public LoadSampler(ProxyEngine engine) => _engine = engine;

    /// <summary>Bytes sent to clients in the last whole second (<c>BytesOutRate</c>).</summary>
    public long BytesOutRate { get; private set; }

    /// <summary>Share of the time in which the threads had nothing to do, percent (<c>Idle_pct</c>).</summary>
    public int IdlePercent { get; private set; } = 100;

    /// <summary>Begins on the first thread.</summary>
    public void Begin() => _engine.Threads[0].Loop.Post(() => Run(_engine.Threads[0].Loop));

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        var bytes = Volatile.Read(ref _engine.Process.TotalBytesOut);
        var cpu = Environment.CpuUsage.TotalTime;
        var elapsed = loop.NowMicroseconds - _lastMicroseconds;
        if (_lastMicroseconds > 0 && elapsed > 0)
        {
            BytesOutRate = (bytes - _lastBytes) * 1_000_000 / elapsed;
            var busy = (cpu - _lastCpu).TotalMicroseconds * 100 / (elapsed * _engine.Threads.Length);
            IdlePercent = (int)Math.Clamp(100 - busy, 0, 100);
        }

        (_lastBytes, _lastCpu, _lastMicroseconds) = (bytes, cpu, loop.NowMicroseconds);
        loop.SetDeadline(this, loop.NowMilliseconds + Period);
    }
}
