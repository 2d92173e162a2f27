using Dropin.Runtime.Protocols.ProxyProtocol;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>Taking a PROXY protocol header off a connection (<c>accept-proxy</c>).</summary>
public sealed partial class Session
{
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
