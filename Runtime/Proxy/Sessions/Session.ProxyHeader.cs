using Dropin.Runtime.Protocols.ProxyProtocol;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>Taking a PROXY protocol header off a connection (<c>accept-proxy</c>).</summary>
public sealed partial class Session
{
    // Authority and name of the connection, one behind the other. Made when a header first tells any, and kept with the session.
    private byte[]? _headerFields;
    private int _authorityLength;
    private int _uniqueIdLength;

    /// <summary>The host name that a PROXY protocol header told; empty where none did.</summary>
    internal ReadOnlySpan<byte> ProxyAuthority => _headerFields.AsSpan(0, _authorityLength);

    /// <summary>The name of the connection that a PROXY protocol header told; empty where none did.</summary>
    internal ReadOnlySpan<byte> ProxyUniqueId => _headerFields.AsSpan(_authorityLength, _uniqueIdLength);

    private void Keep(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> uniqueId)
    {
        (_authorityLength, _uniqueIdLength) = (authority.Length, uniqueId.Length);
        if (authority.Length + uniqueId.Length == 0)
        {
            return;
        }

        _headerFields ??= new byte[ProxyHeader.MostAuthority + ProxyHeader.MostUniqueId];
        authority.CopyTo(_headerFields);
        uniqueId.CopyTo(_headerFields.AsSpan(authority.Length));
    }

    private void ReadProxyHeader(Loop loop)
    {
        while (true)
        {
            if (End.HasInput)
            {
                switch (ProxyHeaderReader.Read(End.Input, out var header, out var consumed))
                {
                    case ProxyHeaderStatus.Done:
                        if (header.HasAddresses)
                        {
                            Client.Peer = SocketAddress128.From(header.Source, header.SourcePort);
                            Client.SetLocal(SocketAddress128.From(header.Destination, header.DestinationPort));
                        }

                        Keep(header.Authority, header.UniqueId);
                        End.Discard(consumed);

                        BeginTraffic();
                        return;
                    case ProxyHeaderStatus.Bad:
                        Close();
                        return;
                }
            }

            switch (End.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Wait when Deadline > loop.NowMilliseconds:
                    return;
                default:
                    Close();
                    return;
            }
        }
    }
}
