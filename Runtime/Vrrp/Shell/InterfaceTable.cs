using System.Runtime.InteropServices;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>The interfaces of the network namespace and their addresses, by name and by number, live.</summary>
/// <remarks>It is filled by dumps and kept by what the <see cref="KernelMonitor"/> hears; an interface may come, go, and be renamed.</remarks>
public sealed class InterfaceTable
{
    private readonly Dictionary<int, Link> _byIndex = [];
    private readonly NetlinkConversation _conversation;

    internal InterfaceTable(NetlinkConversation conversation) => _conversation = conversation;

    /// <summary>A link appeared, went, or changed its flags, MAC, MTU, name. Before and after; null where it did not exist.</summary>
    internal event Action<LinkNotice?, LinkNotice?>? LinkChanged;

    /// <summary>An address came (true) or went.</summary>
    public event Action<Link, AddressNotice, bool>? AddressChanged;

    /// <summary>All links, in the order of their numbers.</summary>
    public IEnumerable<Link> All => _byIndex.Values.OrderBy(link => link.Index);

    /// <summary>By number.</summary>
    public Link? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>By name.</summary>
    public Link? Find(string name)
    {
        foreach (var link in _byIndex.Values)
        {
            if (link.Name == name)
            {
                return link;
            }
        }

        return null;
    }

    /// <summary>The number of a link; 0 where there is none of that name.</summary>
    public int IndexOf(string name) => Find(name)?.Index ?? 0;

    /// <summary>Asks the kernel for everything; what changed meanwhile is told as if it had just happened.</summary>
    internal SysError Refresh()
    {
        var error = LinkRequest.All(_conversation, out var links);
        var addresses = new List<AddressNotice>();
        foreach (var family in (ReadOnlySpan<byte>)[2, 10])
        {
            if (!error.IsNone)
            {
                return error;
            }

            var before = addresses.Count;
            error = DumpAddresses(family, addresses, before);
        }

        Settle(links, addresses);
        return error;
    }

    /// <summary>Takes one message of the kernel in.</summary>
    internal void Hear(in NetlinkReader message)
    {
        switch (message.Kind)
        {
            case NetlinkKind.NewLink when LinkNotice.Read(message.Body) is { Name.Length: > 0 } notice && !IsBridgePort(message.Body):
                Put(notice);
                break;
            case NetlinkKind.DeleteLink when LinkNotice.Read(message.Body) is { } notice && !IsBridgePort(message.Body):
                Remove(notice.Index);
                break;
            case NetlinkKind.NewAddress when AddressNotice.Read(message.Body) is { } notice:
                Put(notice);
                break;
            case NetlinkKind.DeleteAddress when AddressNotice.Read(message.Body) is { } notice:
                Remove(notice);
                break;
        }
    }

    /// <summary>Has a link that changed for another reason than a message of the kernel looked at again.</summary>
    internal void Touch(Link link) => LinkChanged?.Invoke(link.Notice, link.Notice);

    private SysError DumpAddresses(byte family, List<AddressNotice> addresses, int before)
    {
        return _conversation.Dump(
            () =>
            {
                Span<byte> header = stackalloc byte[8];
                header.Clear();
                header[0] = family;
                return new NetlinkMessage(NetlinkKind.GetAddress, NetlinkFlags.Dump).Fixed(header);
            },
            () => addresses.RemoveRange(before, addresses.Count - before),
            (in NetlinkReader message) =>
            {
                if (AddressNotice.Read(message.Body) is { } notice)
                {
                    addresses.Add(notice);
                }
            });
    }

    private void Settle(List<LinkNotice> links, List<AddressNotice> addresses)
    {
        foreach (var gone in _byIndex.Keys.Where(index => links.TrueForAll(link => link.Index != index)).ToArray())
        {
            Remove(gone);
        }

        foreach (var link in links)
        {
            Put(link);
        }

        foreach (var link in _byIndex.Values)
        {
            foreach (var gone in link.Addresses.Where(known => !addresses.Exists(now => now.Index == link.Index && now.Address.Equals(known.Address) && now.PrefixLength == known.PrefixLength)).ToArray())
            {
                Remove(gone);
            }
        }

        foreach (var address in addresses)
        {
            Put(address);
        }
    }

    private void Put(LinkNotice notice)
    {
        if (!_byIndex.TryGetValue(notice.Index, out var link))
        {
            _byIndex[notice.Index] = new Link(notice);
            LinkChanged?.Invoke(null, notice);
            return;
        }

        var before = link.Notice;
        if (before != notice)
        {
            link.Notice = notice;
            LinkChanged?.Invoke(before, notice);
        }
    }

    private void Remove(int index)
    {
        if (_byIndex.TryGetValue(index, out var link))
        {
            foreach (var address in link.Addresses.ToArray())
            {
                Remove(address);
            }

            _byIndex.Remove(index);
            LinkChanged?.Invoke(link.Notice, null);
        }
    }

    private void Put(AddressNotice notice)
    {
        if (Find(notice.Index) is { } link && link.Put(notice))
        {
            AddressChanged?.Invoke(link, notice, true);
        }
    }

    private void Remove(AddressNotice notice)
    {
        if (Find(notice.Index) is { } link && link.Remove(notice))
        {
            AddressChanged?.Invoke(link, notice, false);
        }
    }

    // A bridge tells of its ports by messages of the family AF_BRIDGE: they say nothing about the link itself.
    private static bool IsBridgePort(ReadOnlySpan<byte> body) => MemoryMarshal.Read<byte>(body) == 7;
}
