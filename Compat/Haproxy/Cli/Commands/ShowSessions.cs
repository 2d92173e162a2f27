using System.Globalization;
using System.Text;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;
using Stream = Dropin.Runtime.Proxy.Streams.Stream;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show sess</c> and <c>shutdown session</c> (management manual 9.3). What stands for a stream's address in memory is made of its number.</summary>
internal static class ShowSessions
{
    private const long Base = 0x5550_0000_0000;
    private const int Spacing = 0x400;

    internal static async ValueTask Run(CliCall call)
    {
        var word = call.Word(2);
        var wanted = Number(word);
        var found = false;
        foreach (var thread in call.Context.Engine.Threads)
        {
            await ThreadCall.On(call.Loop, thread, () =>
            {
                for (var session = thread.FirstSession; session is not null; session = session.NextInThread)
                {
                    if (session.Current is not { } stream || (wanted is { } number && number != stream.Number))
                        continue;
                    found = true;
                    if (wanted is not null || word == "all")
                        Details(stream, thread, call.Output);
                    else
                        Line(stream, thread, call.Output);
                }
            });
        }
        if (wanted is not null)
        {
            if (!found)
                call.Fail("Session not found.\n");
            return;
        }
        // The connection that asks is one of the process' sessions too.
        call.Output.Append(CultureInfo.InvariantCulture, $"0x{Base:x}: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none> ts=00 epoch=0 age=0s calls=1 rate=0 cpu=0 lat=0 ")
            .Append("rq[f=c08000h,i=0,an=00h,rx=,wx=,ax=] rp[f=80008000h,i=0,an=00h,rx=,wx=,ax=] scf=[8,200h,fd=-1] scb=[8,1h,fd=-1] exp= rc=0 c_exp=\n");
    }

    internal static async ValueTask Shutdown(CliCall call)
    {
        if (Number(call.Word(2)) is not { } wanted)
        {
            call.Fail("Session pointer expected (use 'show sess').\n");
            return;
        }
        var found = false;
        foreach (var thread in call.Context.Engine.Threads)
        {
            await ThreadCall.On(call.Loop, thread, () =>
            {
                for (var session = thread.FirstSession; session is not null; session = session.NextInThread)
                {
                    if (session.Current is { } stream && stream.Number == wanted)
                    {
                        found = true;
                        stream.Kill(TerminationCause.Killed);
                        break;
                    }
                }
            });
        }
        if (!found)
            call.Fail("No such session (use 'show sess').\n");
    }

    /// <summary>The number of the stream that a pointer stands for; null where the word is none.</summary>
    private static long? Number(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var pointer) && pointer != 0
            ? (pointer - Base) % Spacing == 0 && pointer > Base ? ((pointer - Base) / Spacing) - 1 : -1
            : null;

    private static long Pointer(Stream stream) => Base + ((stream.Number + 1) * Spacing);

    private static void Line(Stream stream, ProxyThread thread, StringBuilder into)
    {
        var client = stream.Session.Client;
        into.Append(CultureInfo.InvariantCulture, $"0x{Pointer(stream):x}: proto={Protocol(client.Peer.Family)} ")
            .Append(client.Peer.Family == SocketFamily.Unix ? "" : "src=").Append(client.Peer.Family == SocketFamily.Unix ? "src=unix:1" : AddressTexts.Of(client.Peer))
            .Append(CultureInfo.InvariantCulture, $" fe={stream.Frontend.Name} be={Backend(stream)?.Name ?? "<NONE>"} srv={stream.Server?.Name ?? "<none>"} ")
            .Append(CultureInfo.InvariantCulture, $"ts=00 epoch=0 age={Age(stream, thread)} calls=1 rate=0 cpu=0 lat=0 ")
            .Append("rq[f=0h,i=0,an=00h,rx=,wx=,ax=] rp[f=0h,i=0,an=00h,rx=,wx=,ax=] ")
            .Append(CultureInfo.InvariantCulture, $"scf=[8,0h,fd={client.Descriptor}] scb=[8,0h,fd={stream.ServerLink?.Connection.Descriptor ?? -1}] exp= rc={stream.Log.Retries} c_exp=\n");
    }

    private static void Details(Stream stream, ProxyThread thread, StringBuilder into)
    {
        var client = stream.Session.Client;
        var (backend, server, link) = (Backend(stream), stream.Server, stream.ServerLink);
        into.Append(CultureInfo.InvariantCulture, $"0x{Pointer(stream):x}: [{Dates.Precise(stream.Log.AcceptWallMicroseconds)}] id={stream.Number} proto={Protocol(client.Peer.Family)} source={AddressTexts.Of(client.Peer)}\n")
            .Append(CultureInfo.InvariantCulture, $"  flags=0x0, conn_retries={stream.Log.Retries}, conn_exp=<NEVER> conn_et=0x000 srv_conn=(nil), pend_pos=(nil) waiting=0 epoch=0\n")
            .Append(CultureInfo.InvariantCulture, $"  frontend={stream.Frontend.Name} (id={stream.Frontend.Config.Id} mode={Mode(stream.Frontend.Config.Mode)}), listener={stream.Session.Listener.Config.Name ?? "?"} (id={stream.Session.Listener.Config.Id}) addr={AddressTexts.Of(client.Local)}\n")
            .Append(CultureInfo.InvariantCulture, $"  backend={backend?.Name ?? "<NONE>"} (id={backend?.Config.Id ?? -1} mode={(backend is null ? "-" : Mode(backend.Config.Mode))}){(link is null ? "" : " addr=" + AddressTexts.Of(link.Connection.Local))}\n")
            .Append(CultureInfo.InvariantCulture, $"  server={server?.Name ?? "<NONE>"} (id={server?.Config.Id ?? -1}){(server is null ? "" : " addr=" + AddressTexts.Of(server.Address))}\n")
            .Append(CultureInfo.InvariantCulture, $"  task=0x{Pointer(stream):x} (state=0x00 nice=0 calls=1 rate=0 exp=<NEVER> tmask=0x{1UL << thread.Index:x} age={Age(stream, thread)})\n");
        if (stream is HttpStream http)
            into.Append(CultureInfo.InvariantCulture, $"  txn=0x{Pointer(stream):x} flags=0x0 meth=0 status={http.Log.Status} req.st=MSG_DONE rsp.st=MSG_RPBEFORE req.f=0x00 rsp.f=0x00\n");
        into.Append(CultureInfo.InvariantCulture, $"  scf=0x{Pointer(stream):x} flags=0x00000000 state=EST endp=CONN sub=0\n      co0=0x{Pointer(stream):x} ctrl={Protocol(client.Peer.Family)} fd={client.Descriptor}\n")
            .Append(CultureInfo.InvariantCulture, $"  scb=0x{Pointer(stream):x} flags=0x00000000 state={(link is null ? "INI" : "EST")} endp=CONN sub=0\n");
        if (link is not null)
            into.Append(CultureInfo.InvariantCulture, $"      co1=0x{Pointer(stream):x} ctrl={Protocol(link.Connection.Peer.Family)} fd={link.Connection.Descriptor}\n");
        into.Append(CultureInfo.InvariantCulture, $"  req=0x{Pointer(stream):x} (total={stream.Log.BytesIn})\n  res=0x{Pointer(stream):x} (total={stream.Log.BytesOut})\n");
    }

    private static Runtime.Proxy.State.ProxyState? Backend(Stream stream) => stream.Backend?.Proxy ?? (stream.Frontend.Backend is null ? null : stream.Frontend);

    private static string Mode(ProxyMode mode) => mode == ProxyMode.Http ? "http" : "tcp";

    private static string Protocol(SocketFamily family) => family switch
    {
        SocketFamily.IPv4 => "tcpv4",
        SocketFamily.IPv6 => "tcpv6",
        _ => "unix_stream",
    };

    /// <summary>How long the stream has been there, as the original writes spans: <c>5s</c>, <c>2m5s</c>.</summary>
    private static string Age(Stream stream, ProxyThread thread) => Stats.HtmlText.Age((thread.Loop.NowMicroseconds - stream.Log.AcceptMicroseconds) / 1_000_000);
}
