using Dropin.Runtime.Proxy.Rules.Converters;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>The line of a connection that was closed before there was a stream (configuration manual 8.2.5).</summary>
internal static class RefusalLine
{
    /// <summary>Writes "address:port [date] frontend/listener: reason".</summary>
    public static int Write(Streams.Stream stream, ReadOnlySpan<byte> reason, Span<byte> into)
    {
        var writer = new FormatWriter(into);
        var session = stream.Session;
        var bind = session.Listener.Config;
        ref readonly var client = ref session.Client.Peer;
        if (client.Family == SocketFamily.Unix)
        {
            writer.Append("unix:"u8);
            writer.Append(bind.Id);
        }
        else
        {
            Span<byte> address = stackalloc byte[46];
            if (AddressWriter.TryWrite(client.AddressBytes, address, out var used))
            {
                writer.Append(address[..used]);
            }

            writer.Append((byte)':');
            writer.Append(client.Port);
        }

        writer.Append(" ["u8);
        Span<byte> date = stackalloc byte[80];
        writer.Append(date[..TimeFormat.Write("%d/%b/%Y:%H:%M:%S"u8, session.AcceptWallMicroseconds / 1_000_000, local: true, date)]);
        writer.Append((byte)'.');
        writer.Append(session.AcceptWallMicroseconds / 1000 % 1000, 3);
        writer.Append("] "u8);
        writer.Append(Names.Of(session.Proxy));
        writer.Append((byte)'/');
        if (bind.Name is null)
        {
            writer.Append(bind.Id);
        }
        else
        {
            writer.Append(session.Listener.NameBytes);
        }

        writer.Append(": "u8);
        writer.Append(reason);
        return writer.Length;
    }
}
