using System.Buffers.Binary;
using System.Text;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Process;

/// <summary>A listening socket on its way to the next process.</summary>
/// <param name="Descriptor">The socket.</param>
/// <param name="Namespace">The network namespace it was made in; "" for the process' own.</param>
/// <param name="Interface">The interface it is bound to; "" for any.</param>
public sealed record HandedListener(int Descriptor, string Namespace = "", string Interface = "");

/// <summary>
/// Listening sockets handed from an old process to its successor over its CLI (<c>-x</c>, <c>expose-fd listeners</c>), in the form in which
/// HAProxy itself does it, so that each can follow the other. After <c>_getsocks</c>: the number of sockets (4 bytes, host order), then messages
/// with up to 252 descriptors; for each of them a length byte and the namespace, a length byte and the interface, and 4 bytes of options, which are 0.
/// The receiver answers each message with the number of sockets it had before it (4 bytes), and the next message waits for that.
/// </summary>
public static class ListenerHandover
{
    private const int PerMessage = 252;   // what HAProxy sends and expects
    private const int MostNameBytes = 255;
    private const int AcknowledgementMilliseconds = 500;

    /// <summary>The command, as it stands in the stream.</summary>
    public const string Command = "_getsocks";

    /// <summary>Sends sockets over a connection on which the command has come.</summary>
    public static SysError Send(int connection, IReadOnlyList<HandedListener> listeners)
    {
        _ = Descriptors.SetNonBlocking(connection, false); // a short burst at the end of this process' life
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, listeners.Count);
        var error = Descriptors.WriteAll(connection, count);
        for (var first = 0; error.IsNone && first < listeners.Count; first += PerMessage)
        {
            var batch = listeners.Skip(first).Take(PerMessage).ToArray();
            var bytes = new List<byte>();
            foreach (var listener in batch)
            {
                AddName(bytes, listener.Namespace);
                AddName(bytes, listener.Interface);
                bytes.AddRange([0, 0, 0, 0]);
            }
            if (first > 0)
                AwaitAcknowledgement(connection);
            error = DescriptorPassing.Send(connection, bytes.ToArray(), batch.Select(listener => listener.Descriptor).ToArray());
        }
        return error;
    }

    /// <summary>Asks over a connection for the sockets; null when the other side does not answer in that form.</summary>
    public static IReadOnlyList<HandedListener>? Receive(int connection)
    {
        if (!Descriptors.WriteAll(connection, Encoding.ASCII.GetBytes(Command + "\n")).IsNone)
            return null;
        var header = new byte[4];
        if (DescriptorPassing.Receive(connection, header, [], out _, out _, waitForAll: true) != 4)
            return null;
        var expected = BinaryPrimitives.ReadInt32LittleEndian(header);
        var descriptors = new List<int>();
        var names = new List<byte>();
        var bytes = new byte[PerMessage * (2 * (1 + MostNameBytes) + 4)];
        var received = new int[DescriptorPassing.MostPerMessage];
        while (descriptors.Count < expected)
        {
            var length = DescriptorPassing.Receive(connection, bytes, received, out var count, out _);
            if (length <= 0)
                break;
            BinaryPrimitives.WriteInt32LittleEndian(header, descriptors.Count);
            _ = Descriptors.WriteAll(connection, header); // a sender that has sent all may be gone already
            descriptors.AddRange(received.AsSpan(0, count));
            names.AddRange(bytes.AsSpan(0, length));
        }
        var listeners = descriptors.Count == expected ? Combine(descriptors, names.ToArray()) : null;
        if (listeners == null)
            foreach (var descriptor in descriptors)
                Descriptors.Close(descriptor);
        return listeners;
    }

    /// <summary>Nobody waits long for a peer that does not answer: the kernel's own queue then says what fits.</summary>
    private static void AwaitAcknowledgement(int connection)
    {
        PollEntry[] entries = [new PollEntry { Descriptor = connection, Wanted = PollEntry.In }];
        if (Polling.Wait(entries, AcknowledgementMilliseconds) > 0)
            _ = Descriptors.Read(connection, stackalloc byte[4], out _);
    }

    private static void AddName(List<byte> bytes, string name)
    {
        var encoded = Encoding.UTF8.GetBytes(name);
        bytes.Add((byte)Math.Min(encoded.Length, MostNameBytes));
        bytes.AddRange(encoded.AsSpan(0, Math.Min(encoded.Length, MostNameBytes)));
    }

    private static List<HandedListener>? Combine(List<int> descriptors, ReadOnlySpan<byte> names)
    {
        var listeners = new List<HandedListener>();
        foreach (var descriptor in descriptors)
        {
            if (!TakeName(ref names, out var space) || !TakeName(ref names, out var device) || names.Length < 4)
                return null;
            names = names[4..];
            listeners.Add(new HandedListener(descriptor, space, device));
        }
        return listeners;
    }

    private static bool TakeName(ref ReadOnlySpan<byte> names, out string name)
    {
        name = "";
        if (names.IsEmpty || names.Length <= names[0])
            return false;
        name = Encoding.UTF8.GetString(names.Slice(1, names[0]));
        names = names[(1 + names[0])..];
        return true;
    }
}
