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
        if (word == "all")
        {
            OwnDetails(call);
            return;
        }
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
        var mux = stream is HttpStream ? "H1" : "PASS";
        into.Append(CultureInfo.InvariantCulture, $"  scf=0x{Pointer(stream):x} flags=0x00000000 state=EST endp=CONN,0x{Pointer(stream):x},0x00000000 sub=1\n");
        Connection(0, Pointer(stream), Protocol(client.Peer.Family), mux, "LISTENER", client.Descriptor, thread, into);
        into.Append(CultureInfo.InvariantCulture, $"  scb=0x{Pointer(stream):x} flags=0x00000000 state={(link is null ? "INI" : "EST")} endp={(link is null ? "NONE,(nil)" : string.Create(CultureInfo.InvariantCulture, $"CONN,0x{Pointer(stream):x}"))},0x00000000 sub={(link is null ? 0 : 1)}\n");
        if (link is not null)
            Connection(1, Pointer(stream), Protocol(link.Connection.Peer.Family), mux, "SERVER", link.Connection.Descriptor, thread, into);
        Channel("req", 0x20, Pointer(stream), stream.Log.BytesIn, stream is HttpStream, into);
        Channel("res", 0x80, Pointer(stream), stream.Log.BytesOut, stream is HttpStream, into);
    }

    private static void Connection(int side, long pointer, string protocol, string mux, string target, int descriptor, ProxyThread thread, StringBuilder into) =>
        into.Append(CultureInfo.InvariantCulture, $"      co{side}=0x{pointer:x} ctrl={protocol} xprt=RAW mux={mux} data=STRM target={target}:0x{pointer:x}\n")
            .Append(CultureInfo.InvariantCulture, $"      flags=0x00000300 fd={descriptor} fd.state=121 updt=0 fd.tmask=0x{1UL << thread.Index:x}\n");

    // Buffers are held only while bytes are in them; what a stream looks like between two turns is an empty one.
    private static void Channel(string name, int offset, long pointer, long total, bool http, StringBuilder into)
    {
        into.Append(CultureInfo.InvariantCulture, $"  {name}=0x{pointer + offset:x} (f=0x00 an=0x0 pipe=0 tofwd=0 total={total})\n      an_exp=<NEVER> rex=<NEVER> wex=<NEVER>\n")
            .Append(CultureInfo.InvariantCulture, $"      buf=0x{pointer + offset + 8:x} data=(nil) o=0 p=0 i=0 size=0\n");
        if (http)
            into.Append(CultureInfo.InvariantCulture, $"      htx=0x{Base:x} flags=0x0 size=0 data=0 used=0 wrap=NO extra=0\n");
    }

    /// <summary>The connection that asks, as one of the process' sessions.</summary>
    private static void OwnDetails(CliCall call)
    {
        const string Level = "0x00000000";
        var into = call.Output;
        into.Append(CultureInfo.InvariantCulture, $"0x{Base:x}: [{Dates.Precise(call.Now)}] id=0 proto=unix_stream source=unix:1\n")
            .Append("  flags=0x8, conn_retries=0, conn_exp=<NEVER> conn_et=0x000 srv_conn=(nil), pend_pos=(nil) waiting=0 epoch=0x1\n")
            .Append("  frontend=GLOBAL (id=0 mode=tcp), listener=? (id=1) addr=unix:1\n  backend=<NONE> (id=-1 mode=-)\n  server=<NONE> (id=-1)\n")
            .Append(CultureInfo.InvariantCulture, $"  task=0x{Base:x} (state=0x00 nice=-64 calls=1 rate=0 exp=<NEVER> tmask=0x1 age=0s)\n")
            .Append(CultureInfo.InvariantCulture, $"  scf=0x{Base:x} flags={Level} state=EST endp=CONN,0x{Base:x},{Level} sub=1\n");
        Connection(0, Base, "unix_stream", "PASS", "LISTENER", call.Session.Descriptor, call.Context.Engine.Threads[0], into);
        into.Append(CultureInfo.InvariantCulture, $"  scb=0x{Base:x} flags={Level} state=EST endp=APPCTX,0x{Base:x},{Level} sub=0\n")
            .Append(CultureInfo.InvariantCulture, $"      app1=0x{Base:x} st0=9 st1=0 st2=0 applet=<CLI> tmask=0x1 nice=-64 calls=1 rate=0 cpu=0 lat=0\n");
        Channel("req", 0x20, Base, 0, http: false, into);
        Channel("res", 0x80, Base, 0, http: false, into);
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
