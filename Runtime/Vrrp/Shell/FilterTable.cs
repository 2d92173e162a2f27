using System.Net.Sockets;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>A table of nftables that is ours alone: made when it is first needed, by family, and taken away at the end.</summary>
internal sealed class FilterTable(Action<VrrpEvent> log) : IDisposable
{
    /// <summary>Its name, as that of keepalived 2.2.7.</summary>
    internal const string Name = "keepalived";

    /// <summary>The chain of packets that come in.</summary>
    internal const string In = "in";

    /// <summary>The chain of packets that go out.</summary>
    internal const string Out = "out";

    private readonly HashSet<byte> _families = [];
    private NetlinkConversation? _conversation;

    /// <summary>Makes the table of a family where it is not there yet.</summary>
    internal void Need(byte family)
    {
        if (_families.Add(family))
        {
            // What a killed predecessor left goes with the whole table; so does what another daemon of this namespace has put there, as with the original.
            if (Try(NetfilterRequest.DeleteTable(family, Name)).IsNone)
            {
                log(new OldFilterTableDeleted(family == Requests.Families.Of(AddressFamily.InterNetwork)));
            }

            Execute(NetfilterRequest.MakeTable(family, Name), NetfilterRequest.MakeChain(family, Name, Out, 3));
        }
    }

    /// <summary>Executes requests together. False where the kernel refused them.</summary>
    internal bool Execute(params IReadOnlyList<NetlinkMessage> messages)
    {
        var error = Try(messages);
        if (!error.IsNone)
        {
            log(new PacketFilterFailed(error));
        }

        return error.IsNone;
    }

    /// <summary>Takes something out. That it is gone already is no fault: another daemon may have taken the table away.</summary>
    internal void Remove(params IReadOnlyList<NetlinkMessage> messages)
    {
        if (Try(messages) is { IsNone: false, IsNoEntry: false } error)
        {
            log(new PacketFilterFailed(error));
        }
    }

    private SysError Try(params IReadOnlyList<NetlinkMessage> messages)
    {
        var error = SysError.None;
        _conversation ??= NetlinkConversation.OpenNetfilter(out error);
        return _conversation?.ExecuteBatch([NetfilterRequest.BatchBegin(), .. messages, NetfilterRequest.BatchEnd()]) ?? error;
    }

    /// <summary>The families whose tables were made, for the successor of this program.</summary>
    internal byte[] Families => [.. _families];

    /// <summary>These tables are there: the predecessor made them.</summary>
    internal void Restore(ReadOnlySpan<byte> families)
    {
        foreach (var family in families)
        {
            _families.Add(family);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var family in _families)
        {
            Remove(NetfilterRequest.DeleteTable(family, Name));
        }

        _families.Clear();
        _conversation?.Dispose();
        _conversation = null;
    }
}
