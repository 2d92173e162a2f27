using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>What all log lines of the process share: who sends them, the rings, and what was lost.</summary>
public sealed class LogDelivery
{
    private readonly Dictionary<string, LogRing> _rings = new(StringComparer.Ordinal);
    private long _dropped;

    /// <summary>Makes the delivery of a process.</summary>
    /// <param name="machineName">The machine's host name.</param>
    /// <param name="processId">The number of the process.</param>
    /// <param name="config">Settings of the process.</param>
    /// <param name="rings">All <c>ring</c> sections.</param>
    public LogDelivery(GlobalConfig config, ValueList<RingConfig> rings, string machineName, int processId)
    {
        Tag = Encoding.UTF8.GetBytes(config.LogTag);
        HostName = config.LogSendHostname switch
        {
            null => null,
            "" => Encoding.UTF8.GetBytes(machineName),
            var name => Encoding.UTF8.GetBytes(name),
        };
        ProcessId = Encoding.ASCII.GetBytes(processId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Rings = [new LogRing("buf0", "in-memory ring buffer", LogLineFormat.Timed, 16384, 1 << 20)];
        foreach (var ring in rings)
        {
            Rings.Add(new LogRing(ring.Name, ring.Description ?? ring.Name, ring.Format, ring.MaxLength, ring.Size));
        }

        foreach (var ring in Rings)
        {
            _rings[ring.Name] = ring;
        }
    }

    /// <summary>The program name of lines that have no other (<c>log-tag</c>).</summary>
    public byte[] Tag { get; }

    /// <summary>The host name to send; null where none was asked for.</summary>
    public byte[]? HostName { get; }

    /// <summary>The digits of the process' number.</summary>
    public byte[] ProcessId { get; }

    /// <summary>All rings, the built-in <c>buf0</c> first.</summary>
    public List<LogRing> Rings { get; }

    /// <summary>Lines the kernel had no room for (<c>show info</c>: DroppedLogs).</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>
    /// Told once for each target that cannot be reached at all: the target's number from 1 among its proxy's and the
    /// number of errno(3).
    /// </summary>
    public Action<int, int>? Unreachable { get; set; }

    /// <summary>A ring by name; null where there is none.</summary>
    public LogRing? FindRing(string name) => _rings.GetValueOrDefault(name);

    /// <summary>Makes the live targets of a proxy (or of the process) from its <c>log</c> lines.</summary>
    public LogTarget[] Open(ValueList<LogTargetConfig> lines)
    {
        var targets = new LogTarget[lines.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = LogTarget.Open(lines[i], i + 1, this);
        }

        return targets;
    }

    internal void CountDropped() => Interlocked.Increment(ref _dropped);
}
