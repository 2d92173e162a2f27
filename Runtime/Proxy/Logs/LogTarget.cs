using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>How a target is reached.</summary>
internal enum LogRoute
{
    /// <summary>A datagram to an IP address.</summary>
    Internet,

    /// <summary>A datagram to a Unix socket, found by its path each time: a syslog daemon may come back with a new one.</summary>
    Unix,

    /// <summary>A descriptor.</summary>
    Descriptor,

    /// <summary>A ring.</summary>
    Ring,
}

/// <summary>A live <c>log</c> line; shared by the threads.</summary>
public sealed class LogTarget
{
    internal readonly LogTargetConfig Config;
    internal readonly int Number;
    internal readonly LogRoute Route;
    internal readonly LogLineFormat Format;
    internal readonly int MaxLength;
    internal readonly int Descriptor = -1;
    internal readonly LogRing? Ring;
    internal SocketAddress128 Address;
    private int _unreachableTold;
    private int _position;

    private LogTarget(LogTargetConfig config, int number, LogDelivery delivery)
    {
        Config = config;
        Number = number;
        MaxLength = config.MaxLength;
        var byDefault = delivery.HostName is null ? LogLineFormat.Local : LogLineFormat.Rfc3164;
        Format = config.Format == LogLineFormat.Unspecified ? byDefault : config.Format;
        if (config.Ring is not null)
        {
            Route = LogRoute.Ring;
            Ring = delivery.FindRing(config.Ring)
                ?? throw new InvalidOperationException($"Binding let a log line through that names no ring: {config.Ring}.");
            // The ring's own form and length win over the line's.
            Format = Ring.Format == LogLineFormat.Unspecified ? LogLineFormat.Raw : Ring.Format;
            MaxLength = Ring.MaxLength;
            return;
        }

        if (config.Endpoint is DescriptorEndpoint existing)
        {
            Route = LogRoute.Descriptor;
            Descriptor = existing.Descriptor;
            // A full pipe must lose lines, not stop a reactor.
            _ = Descriptors.SetNonBlocking(Descriptor, true);
            return;
        }

        Address = ListeningSocket.AddressOf(config.Endpoint!);
        Route = Address.Family == SocketFamily.Unix ? LogRoute.Unix : LogRoute.Internet;
    }

    internal static LogTarget Open(LogTargetConfig config, int number, LogDelivery delivery) => new(config, number, delivery);

    /// <summary>Whether the next line belongs to the sample; counts it.</summary>
    internal bool TakesNext()
    {
        if (Config.Sample is not { } sample)
        {
            return true;
        }

        // Threads share the count: the nth line of the proxy is the nth, whichever thread sends it.
        int seen, next;
        do
        {
            seen = Volatile.Read(ref _position);
            next = seen + 1 >= sample.Size ? 0 : seen + 1;
        }
        while (Interlocked.CompareExchange(ref _position, next, seen) != seen);
        foreach (var range in sample.Ranges)
        {
            if (seen + 1 >= range.First && seen + 1 <= range.Last)
            {
                return true;
            }
        }

        return false;
    }

    internal bool TellUnreachable() => Interlocked.Exchange(ref _unreachableTold, 1) == 0;
}
