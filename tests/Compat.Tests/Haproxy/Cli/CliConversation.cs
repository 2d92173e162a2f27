using System.Net.Sockets;
using System.Text;
using Dropin.Compat.Haproxy.Cli;
using Dropin.Compat.Haproxy.Start;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Transport;
using Dropin.Tests.Support;

namespace Dropin.Compat.Tests.Haproxy.Cli;

/// <summary>An engine whose CLI can be talked to; it listens nowhere else and checks nothing.</summary>
internal sealed class CliConversation : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly Thread _thread;

    internal CliConversation(string file)
    {
        var result = HaproxyConfigLoader.Load([file], new LoadOptions { Environment = new Dictionary<string, string>() });
        var config = result.Config ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        Engine = EngineBuilder.Build(config, 1000, Parsers.Haproxy.Expressions.PatternTexts.Read);
        LinkTracks();
        Context = new AdminContext(Engine, new EngineListeners(Engine));
        Server = new CliServer(Context, new ListenerExport(new Dictionary<BindConfig, int>()));
        var bind = new BindConfig { Endpoint = new UnixEndpoint(_folder.FileNamed("cli")), Level = CliLevel.Admin };
        Server.Listen(bind, ListeningSocket.Open(bind, 10).Descriptor);
        _thread = new Thread(Engine.Run) { IsBackground = true };
        _thread.Start();
    }

    internal Runtime.Proxy.ProxyEngine Engine { get; }

    internal AdminContext Context { get; }

    internal CliServer Server { get; }

    /// <summary>Sends text, closes that direction, and reads to the end.</summary>
    internal string Say(string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Connect(new UnixDomainSocketEndPoint(_folder.FileNamed("cli")));
        socket.Send(Encoding.UTF8.GetBytes(text));
        socket.Shutdown(SocketShutdown.Send);
        var into = new StringBuilder();
        var buffer = new byte[65536];
        for (int count; (count = socket.Receive(buffer)) > 0;)
            into.Append(Encoding.UTF8.GetString(buffer, 0, count));
        return into.ToString();
    }

    public void Dispose()
    {
        Engine.Stop();
        _thread.Join();
        _folder.Dispose();
    }

    private void LinkTracks()
    {
        foreach (var proxy in Engine.Proxies)
        {
            foreach (var server in proxy.Backend?.Servers ?? [])
            {
                if (server.Config.Track is { } track)
                    Runtime.Proxy.State.ServerTransitions.Follow(server, Array.Find(proxy.Backend!.Servers, other => track.EndsWith(other.Name, StringComparison.Ordinal))!);
            }
        }
    }
}
