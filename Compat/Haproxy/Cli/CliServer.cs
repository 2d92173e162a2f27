using Dropin.Compat.Haproxy.Start;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>The process' CLI: statistics sockets and the connections to them, all on the first thread (management manual 9.3).</summary>
internal sealed class CliServer : ICliServer
{
    private readonly List<Door> _doors = [];
    private int _connections;

    internal CliServer(AdminContext context, ListenerExport export)
    {
        (Context, Export) = (context, export);
        Loop = context.Engine.Threads[0].Loop;
    }

    /// <summary>What commands work on.</summary>
    internal AdminContext Context { get; }

    /// <summary>What was said while the process started, as lines (<c>show startup-logs</c>).</summary>
    internal string StartupLog { get; init; } = "";

    /// <summary>Writes to the terminal.</summary>
    internal Action<CliSeverity, string> Speak { get; init; } = static (_, _) => { };

    /// <summary>What begins messages to the terminal that are said on the CLI's thread: nothing until the first server was added, as with the original.</summary>
    internal string Signature => _signs && ProxyThread.Current is { Index: 0 } ? "CLI : " : "";

    private bool _signs;

    /// <summary>Says something to the terminal, signed.</summary>
    internal void SpeakSigned(CliSeverity severity, string text)
    {
        _signs = true;
        Speak(severity, Signature + text);
    }

    /// <summary>What the machine's files say.</summary>
    internal MachineFiles Machine { get; } = new();

    /// <summary>Hands the listening sockets over.</summary>
    internal ListenerExport Export { get; }

    /// <summary>The thread of all connections.</summary>
    internal Loop Loop { get; }

    /// <summary>The statistics sockets.</summary>
    internal IReadOnlyList<BindConfig> Sockets => _doors.ConvertAll(door => door.Bind);

    /// <summary>The statistics sockets with their descriptors; -1 once they are closed.</summary>
    internal IReadOnlyList<(int Descriptor, BindConfig Bind)> Open => _doors.ConvertAll(door => (door.Descriptor, door.Bind));

    /// <summary>Connections now.</summary>
    internal int Connections => _connections;

    /// <summary>Connections since the start.</summary>
    internal long TotalConnections { get; private set; }

    private bool IsFull => _connections >= Context.Engine.Global.StatsMaxConnections;

    /// <inheritdoc/>
    public void Listen(BindConfig bind, int descriptor)
    {
        var door = new Door(this, bind, descriptor);
        _doors.Add(door);
        Loop.Post(door.Open);
    }

    /// <inheritdoc/>
    public void Serve(int connection, CliLevel level) => Begin(connection, level, export: true, "none");

    /// <inheritdoc/>
    public void StopListening() => Loop.Post(() =>
    {
        foreach (var door in _doors)
            door.CloseForGood();
    });

    private void Begin(int connection, CliLevel level, bool export, string severity)
    {
        _connections++;
        TotalConnections++;
        Interlocked.Increment(ref Context.Engine.Process.TotalConnections);
        Loop.Activity.Accepted++;
        _ = Run(new CliSession(this, connection, level, export, severity));
    }

    private async Task Run(CliSession session)
    {
        try
        {
            await session.RunAsync();
        }
        finally
        {
            _connections--;
            // The original counts what a connection to its CLI asked as one request.
            Interlocked.Increment(ref Context.Engine.Process.TotalRequests);
            if (!IsFull)
            {
                foreach (var door in _doors)
                    door.Open();
            }
        }
    }

    /// <summary>One statistics socket.</summary>
    private sealed class Door : Pollable
    {
        private readonly CliServer _server;
        private bool _closed;

        internal Door(CliServer server, BindConfig bind, int descriptor)
        {
            (_server, Bind) = (server, bind);
            Descriptor = descriptor;
        }

        internal BindConfig Bind { get; }

        internal void Open()
        {
            if (!_closed && !IsWatched)
                _server.Loop.Watch(this, EpollFlags.In);
        }

        internal void CloseForGood()
        {
            _closed = true;
            _server.Loop.Unwatch(this);
            RawSocket.Close(Descriptor);
            Descriptor = -1;
        }

        /// <inheritdoc/>
        protected override void OnEvents(Loop loop, EpollFlags events)
        {
            while (!_server.IsFull)
            {
                var peer = default(SocketAddress128);
                var connection = RawSocket.Accept(Descriptor, ref peer);
                if (connection < 0)
                    return;
                _server.Begin(connection, Bind.Level, Bind.ExposeListeners, Bind.SeverityOutput);
            }
            // The kernel's queue is the waiting room until a place is free.
            loop.Unwatch(this);
        }
    }
}
