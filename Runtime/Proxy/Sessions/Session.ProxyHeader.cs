using Dropin.Runtime.Ir.Proxy;
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

    /// <summary>How long the header took to come, in milliseconds; 0 without one.</summary>
    internal int HandshakeMilliseconds { get; private set; }

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
        switch (End.Fill())
        {
            case EndStatus.Progress or EndStatus.Full:
                break;
            case EndStatus.Wait when Deadline > loop.NowMilliseconds:
                loop.SetDeadline(this, Deadline);
                return;
            case EndStatus.Wait:
                RefuseProxyHeader("Timeout while waiting for PROXY protocol header"u8, saidNothing: true);
                return;
            case EndStatus.Closed:
                RefuseProxyHeader("Connection closed while waiting for PROXY protocol header"u8, saidNothing: true);
                return;
            default:
                RefuseProxyHeader("Connection error while waiting for PROXY protocol header"u8, saidNothing: true);
                return;
        }

        // What the first read brings is judged: a header in pieces is none (proxy-protocol.txt, section 2).
        var status = ProxyHeaderReader.Read(End.Input, out var header, out var consumed);
        if (header.HasAddresses)
        {
            Client.Peer = SocketAddress128.From(header.Source, header.SourcePort);
            Client.SetLocal(SocketAddress128.From(header.Destination, header.DestinationPort));
        }

        if (status != ProxyHeaderStatus.Done)
        {
            RefuseProxyHeader(ReasonOf(status), saidNothing: false);
            return;
        }

        Keep(header.Authority, header.UniqueId);
        End.Discard(consumed);
        HandshakeMilliseconds = (int)((loop.NowMicroseconds - AcceptMicroseconds) / 1000);
        BeginTraffic();
    }

    private static ReadOnlySpan<byte> ReasonOf(ProxyHeaderStatus status) => status switch
    {
        ProxyHeaderStatus.Truncated => "Truncated PROXY protocol header received"u8,
        ProxyHeaderStatus.NotAHeader => "Received something which does not look like a PROXY protocol header"u8,
        ProxyHeaderStatus.UnknownProtocol => "Received an unhandled protocol in the PROXY protocol header"u8,
        _ => "Received an invalid PROXY protocol header"u8,
    };

    /// <summary>Closes without an answer: whoever sends no header where one is due is no proxy of ours.</summary>
    private void RefuseProxyHeader(ReadOnlySpan<byte> reason, bool saidNothing)
    {
        if (Proxy.Frontend is not null && (!saidNothing || (Proxy.Config.Options & ProxyOptions.DontLogNull) == 0))
        {
            _thread.TakeHttpStream().LogRefusedConnection(this, reason);
        }

        Close(reset: !saidNothing);
    }
}
