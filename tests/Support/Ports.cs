using System.Net;
using System.Net.Sockets;

namespace Dropin.Tests.Support;

/// <summary>
/// Port numbers for tests. A number is handed out once per machine at a time: the holder keeps a lock file open (an flock, so a crashed
/// process frees its numbers), and the number was bindable when it was handed out. The range stays below the kernel's range for
/// outgoing connections, so no client of another test can take a number by chance.
/// </summary>
/// <remarks>The range can be set with <c>DROPIN_PORTS=first-last</c>; the default is 23000-24999.</remarks>
public static class Ports
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, FileStream> Held = [];
    private static readonly (int First, int Count) Range = ReadRange();
    private static int _next = Random.Shared.Next(Range.Count);

    /// <summary>Reserves a number for this process until <see cref="Release"/> or its end. Nothing listens on it.</summary>
    public static int Reserve()
    {
        lock (Gate)
        {
            for (var tries = 0; tries < Range.Count; tries++)
            {
                var port = Range.First + (_next++ % Range.Count);
                if (!Held.ContainsKey(port) && TryLock(port) is { } file)
                {
                    if (IsBindable(port))
                    {
                        Held[port] = file;
                        return port;
                    }
                    file.Dispose();
                }
            }
        }
        throw new InvalidOperationException($"no free port in {Range.First}-{Range.First + Range.Count - 1}");
    }

    /// <summary>Gives a number back.</summary>
    public static void Release(int port)
    {
        lock (Gate)
            if (Held.Remove(port, out var file))
                file.Dispose();
    }

    private static FileStream? TryLock(int port)
    {
        try
        {
            var folder = Directory.CreateDirectory("/tmp/dropin-ports");
            return new FileStream($"{folder.FullName}/{port}", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsBindable(int port) => IsBindable(port, ProtocolType.Tcp) && IsBindable(port, ProtocolType.Udp);

    private static bool IsBindable(int port, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static (int, int) ReadRange()
    {
        var text = Environment.GetEnvironmentVariable("DROPIN_PORTS") ?? "23000-24999";
        var parts = text.Split('-');
        var first = int.Parse(parts[0]);
        return (first, int.Parse(parts[1]) - first + 1);
    }
}
