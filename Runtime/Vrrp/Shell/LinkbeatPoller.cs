using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Asks every second for the carriers of the interfaces whose drivers do not tell of it (<c>linkbeat_interfaces</c>, <c>linkbeat_use_polling</c>).</summary>
internal sealed class LinkbeatPoller(Loop loop, InterfaceTable interfaces, Action changed) : LoopTask
{
    private const int Interval = 1000;

    private readonly Dictionary<string, LinkbeatKind?> _polled = [];

    /// <summary>Takes the interfaces of a configuration.</summary>
    internal void Configure(KeepalivedConfig config)
    {
        _polled.Clear();
        foreach (var linkbeat in config.Linkbeats)
        {
            _polled[linkbeat.Interface] = linkbeat.Kind;
        }

        foreach (var instance in config.Instances)
        {
            if (instance.LinkbeatPolling)
            {
                _polled.TryAdd(instance.Interface, null);
            }
        }

        loop.SetDeadline(this, _polled.Count == 0 ? Never : loop.NowMilliseconds);
    }

    /// <summary>Asks once.</summary>
    internal void Poll()
    {
        var isNew = false;
        foreach (var (name, kind) in _polled)
        {
            if (interfaces.Find(name) is { } link && Ask(name, kind) is { } carrier && link.IsCarrierMissing == carrier)
            {
                link.IsCarrierMissing = !carrier;
                interfaces.Touch(link);
                isNew = true;
            }
        }

        if (isNew)
        {
            changed();
        }
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        if (_polled.Count > 0)
        {
            Poll();
            loop.SetDeadline(this, loop.NowMilliseconds + Interval);
        }
    }

    internal void Close()
    {
        _polled.Clear();
        loop.Cancel(this);
    }

    private static bool? Ask(string name, LinkbeatKind? kind) => kind switch
    {
        LinkbeatKind.Mii => CarrierProbe.ByMii(name),
        LinkbeatKind.EthTool => CarrierProbe.ByEthtool(name),
        LinkbeatKind.Ioctl => CarrierProbe.ByFlags(name),
        _ => CarrierProbe.ByMii(name) ?? CarrierProbe.ByEthtool(name) ?? CarrierProbe.ByFlags(name),
    };
}
