using System.Globalization;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show fd</c> (management manual 9.3): listeners, statistics sockets, the connections of clients and to servers that streams use, and the connection that asks.</summary>
/// <remarks>
/// The columns are the original's. What its poller keeps of each descriptor has no like here: those letters are the ones of a descriptor that waits, and
/// pointers are zero.
/// </remarks>
internal static class ShowDescriptors
{
    private const string Listening = "st=0x100023(cl heopi W:sRa R:sRA)", Connected = "st=0x000021(cl heopi W:sRa R:srA)";

    internal static async ValueTask Run(CliCall call)
    {
        var lines = new SortedDictionary<int, string>();
        foreach (var listener in call.Context.Listeners.Listeners)
            Add(lines, listener.Descriptor, Listener(call.Context, listener.IsPaused ? "LIS" : "RDY", listener.Proxy.Name, listener.Config.Endpoint));
        foreach (var (descriptor, bind) in call.Session.Server.Open)
            Add(lines, descriptor, Listener(call.Context, "RDY", "GLOBAL", bind.Endpoint));
        foreach (var thread in call.Context.Engine.Threads)
            await ThreadCall.On(call.Loop, thread, () => Streams(thread, lines));
        Add(lines, call.Session.Descriptor, $"{Common(Connected, 1)} iocb=0x0(sock_conn_iocb) back=0 cflg=0x00000300 cerr=0 fam=unix fe=GLOBAL mux=PASS ctx=0x0 xprt=RAW");
        var wanted = call.Word(2).Length > 0 ? ShowStat.Integer(call.Word(2)) : -1;
        foreach (var (descriptor, line) in lines)
        {
            if (wanted < 0 || wanted == descriptor)
                call.Output.Append(CultureInfo.InvariantCulture, $"{descriptor,7} : ").Append(line).Append('\n');
        }
    }

    private static void Streams(ProxyThread thread, SortedDictionary<int, string> lines)
    {
        var mask = 1UL << thread.Index;
        for (var session = thread.FirstSession; session is not null; session = session.NextInThread)
        {
            var mux = session.Listener.Proxy.Config.Mode == ProxyMode.Http ? "H1" : "PASS";
            Add(lines, session.Client.Descriptor, $"{Connection(session.Client, mask, back: 0)} fe={session.Listener.Proxy.Name} mux={mux} ctx=0x0 xprt=RAW");
            if (session.Current is { ServerLink: { Server: { } server } link })
                Add(lines, link.Connection.Descriptor, $"{Connection(link.Connection, mask, back: 1)} sv={server} mux={mux} ctx=0x0 xprt=RAW");
        }
    }

    private static string Listener(AdminContext context, string state, string frontend, Endpoint endpoint)
    {
        var (family, port) = endpoint switch
        {
            IpEndpoint ip => (FamilyOf(ip.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? SocketFamily.IPv6 : SocketFamily.IPv4), ip.Port),
            _ => ("unix", 0),
        };
        return $"{Common(Listening, (1UL << context.Engine.Threads.Length) - 1)} iocb=0x0(sock_accept_iocb) l.st={state} fe={frontend} fam={family}{(port > 0 ? $" lport={port}" : "")}";
    }

    private static string Connection(Connection connection, ulong mask, int back)
    {
        var ports = connection.Peer.Family == SocketFamily.Unix ? "" : $" lport={connection.Local.Port} rport={connection.Peer.Port}";
        return $"{Common(Connected, mask)} iocb=0x0(sock_conn_iocb) back={back} cflg=0x00000300 cerr={connection.Error} fam={FamilyOf(connection.Peer.Family)}{ports}";
    }

    private static string Common(string state, ulong mask) => $"{state} ref=0 gid=1 tmask=0x{mask:x} umask=0x0 prmsk=0x{mask:x} pwmsk=0x0 owner=0x0";

    private static string FamilyOf(SocketFamily family) => family switch
    {
        SocketFamily.IPv6 => "ipv6",
        SocketFamily.Unix => "unix",
        _ => "ipv4",
    };

    private static void Add(SortedDictionary<int, string> lines, int descriptor, string line)
    {
        if (descriptor >= 0)
            lines[descriptor] = line;
    }
}
