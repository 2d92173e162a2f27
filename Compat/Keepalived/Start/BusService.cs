using Dropin.Compat.Keepalived.Dumps;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Bus;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>The daemon on the message bus, as the configuration wants it (<c>enable_dbus</c>), and what others have done there.</summary>
/// <param name="loop">The loop it lives in.</param>
/// <param name="vrrp">Whose states are told.</param>
/// <param name="log">The channel of VRRP.</param>
/// <param name="networkNamespace">The network namespace of the process; null for that of the host.</param>
/// <param name="tell">Puts events into words.</param>
/// <param name="reload">Asks for a reload.</param>
internal sealed class BusService(Loop loop, VrrpService vrrp, LogChannel log, string? networkNamespace, Action<VrrpEvent> tell, Action reload) : IDisposable
{
    private VrrpBus? _bus;

    /// <summary>Whether it is on the bus, or looks for it.</summary>
    internal bool IsOn => _bus != null;

    /// <summary>Goes onto the bus where that is wanted.</summary>
    /// <param name="isResuming">The former execution of this program was there.</param>
    internal void Start(bool isResuming)
    {
        var global = vrrp.Config.Global;
        if (!global.Bus)
            return;
        _bus = new VrrpBus(loop, global.BusName, networkNamespace, global.InstanceName, vrrp.Node.Core.Instances, tell, CarryOut);
        _bus.Start(isResuming);
    }

    /// <summary>An instance has another state.</summary>
    internal void Tell(InstanceChanged change) => _bus?.Tell(change);

    /// <summary>A reload begins.</summary>
    internal void BeginReload() => _bus?.BeginReload();

    /// <summary>A reload has ended, the configuration is the new one.</summary>
    internal void EndReload()
    {
        if (_bus == null)
            Start(isResuming: false);
        else if (vrrp.Config.Global.Bus)
            _bus.EndReload(vrrp.Config.Global.BusName);
        else
            Stop();
    }

    /// <summary>Leaves the bus.</summary>
    internal void Stop()
    {
        _bus?.Stop();
        _bus = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _bus?.Dispose();

    private void CarryOut(BusErrand errand, InstanceState? instance)
    {
        switch (errand)
        {
            case BusErrand.PrintData:
                log.Say("Printing VRRP data on DBus request");
                DumpFiles.WriteData(vrrp);
                break;
            case BusErrand.PrintStatistics:
                log.Say("Printing VRRP stats on DBus request");
                DumpFiles.WriteStatistics(vrrp);
                break;
            case BusErrand.PrintAndClearStatistics:
                log.Say("Printing and clearing VRRP stats on DBus request");
                DumpFiles.WriteStatistics(vrrp);
                vrrp.Node.Core.ClearStatistics();
                break;
            case BusErrand.Announce:
                log.Say($"Sending garps on {instance!.Name} on DBus request");
                vrrp.Node.AnnounceAnew(instance);
                break;
            case BusErrand.Reload:
                reload();
                break;
        }
    }
}
