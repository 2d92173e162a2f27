using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>What the core wants done.</summary>
public sealed partial class VrrpNode
{
    /// <summary>Carries out the effects in their order. A failure may add further ones behind.</summary>
    private void CarryOut()
    {
        var effects = Core.Effects;
        for (var at = 0; at < effects.Count; at++)
        {
            CarryOut(effects[at]);
        }

        effects.Clear();
    }

    private void CarryOut(VrrpEffect effect)
    {
        switch (effect)
        {
            case SendAdvert advert:
                Send(advert);
                break;
            case VrrpEvent happened:
                Log(happened);
                break;
            case AddVirtual add:
                _acceptFilter.Block(add.Instance, add.Items);
                _resources.Add(add.Instance, add.Items, add.IsReload ? VirtualResources.Of(add.Instance.Config) : null);
                break;
            case RemoveVirtual remove:
                _resources.Remove(remove.Instance, remove.Items,
                    remove.IsReload || _virtualInterfaces.IsNew(remove.Instance.AddressInterface) ? VirtualResources.None : null);
                _acceptFilter.Unblock(remove.Instance, remove.Items);
                break;
            case AddStatic add:
                _resources.Add(null, add.Items);
                break;
            case RemoveStatic remove:
                _resources.Remove(null, remove.Items);
                break;
            case Announce announce:
                _garp.Announce(announce, address => _resources.IsIn(announce.Instance, address));
                break;
            case ChannelsChanged:
                ReconcileSockets();
                break;
            default:
                Notified?.Invoke(effect);
                break;
        }
    }

    private void Send(SendAdvert advert)
    {
        // The hop limit of IPv6 unicast is the system's where the operator gives none, as with the original.
        var isFree = advert.Channel.IsUnicast && advert.Instance.Config.Path.UnicastTtl < 0;
        var error = Sockets.Send(advert.Channel, advert.Source, advert.Destination, isFree ? -1 : advert.Ttl, advert.Datagram.Span);
        if (!error.IsNone)
        {
            advert.Instance.SendFailed(error.Code, advert.Destination);
        }
    }

    /// <summary>A packet came. It allocates nothing but what the core wants done.</summary>
    private void Deliver(AdvertChannel channel, in AdvertEnvelope envelope, ReadOnlySpan<byte> datagram)
    {
        if (_isBusy || !_isRunning)
        {
            return; // cannot be: sockets are read from the loop alone
        }

        _isBusy = true;
        try
        {
            Core.Receive(MonotonicClock.Microseconds, channel, envelope, datagram);
            CarryOut();
        }
        finally
        {
            _isBusy = false;
        }

        RunQueued();
    }

    private void RunQueued()
    {
        if (_inputs.Count > 0)
        {
            Input(static _ => { });
        }
        else
        {
            Plan();
        }
    }

    private void ReconcileSockets() => Sockets.Reconcile(Core.Channels, ReceiveBufferOf, happened =>
    {
        if (!(_isReloading && happened is SocketsOpened))
        {
            Log(happened);
        }
    });

    private int ReceiveBufferOf(AdvertChannel channel)
    {
        var most = 0;
        foreach (var instance in Core.Instances)
        {
            if (instance.Channel == channel)
            {
                most = Math.Max(most, instance.Config.ReceiveBuffer);
            }
        }

        return most;
    }
}
