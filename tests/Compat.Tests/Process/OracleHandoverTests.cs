using System.Net;
using System.Net.Sockets;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Process;

/// <summary>Listening sockets go to and come from the original: an upgrade in either direction loses no connection.</summary>
public sealed class OracleHandoverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task The_originals_sockets_are_understood()
    {
        Skip.If(Oracle.WhyNot != null, Oracle.WhyNot);
        using var folder = new TempDirectory();
        var port = Ports.Reserve();
        await File.WriteAllTextAsync(folder.FileNamed("a.cfg"), Configuration(folder, port));
        using var original = HaproxyProcess.Start(Oracle.Path, folder.Path, ["-db", "-f", "a.cfg"]);
        (await original.WaitReadyAsync([port], [folder.FileNamed("admin.sock")], Limit)).Should().BeTrue();

        var connection = RawSocket.CreateStream(SocketFamily.Unix);
        RawSocket.Connect(connection, SocketAddress128.FromPath(folder.FileNamed("admin.sock"))).Should().Be(0);
        Descriptors.SetNonBlocking(connection, false);
        var listeners = ListenerHandover.Receive(connection)!;

        listeners.Should().HaveCount(2);
        listeners.Select(listener => RawSocket.LocalAddress(listener.Descriptor)).Where(address => address.Port == port).Should().ContainSingle();
        foreach (var listener in listeners)
            Descriptors.Close(listener.Descriptor);
        Descriptors.Close(connection);
    }

    [SkippableFact]
    public async Task The_original_takes_our_sockets()
    {
        Skip.If(Oracle.WhyNot != null, Oracle.WhyNot);
        using var folder = new TempDirectory();
        var port = Ports.Reserve();
        await File.WriteAllTextAsync(folder.FileNamed("a.cfg"), Configuration(folder, port));
        // Bound without SO_REUSEPORT: the original could not open it a second time.
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listening.Listen(10);
        using var door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        door.Bind(new UnixDomainSocketEndPoint(folder.FileNamed("old.sock")));
        door.Listen(1);

        using var original = HaproxyProcess.Start(Oracle.Path, folder.Path, ["-db", "-f", "a.cfg", "-x", "old.sock"]);
        using (var asking = await door.AcceptAsync().WaitAsync(Limit))
        {
            var command = new byte[ListenerHandover.Command.Length + 1];
            (await asking.ReceiveAsync(command)).Should().Be(command.Length);
            ListenerHandover.Send((int)asking.Handle, [new HandedListener((int)listening.Handle)]).IsNone.Should().BeTrue();
        }
        (await original.WaitReadyAsync([port], [folder.FileNamed("admin.sock")], Limit)).Should().BeTrue(original.Errors);
        listening.Close();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Limit);
    }

    private static string Configuration(TempDirectory folder, int port) => $"""
        global
            stats socket {folder.FileNamed("admin.sock")} level admin expose-fd listeners
        defaults
            mode http
            timeout connect 1s
            timeout client 1s
            timeout server 1s
        listen web
            bind 127.0.0.1:{port}

        """;
}
