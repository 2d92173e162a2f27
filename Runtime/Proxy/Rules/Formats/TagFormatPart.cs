using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Converters;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Rules.Formats;

/// <summary>A tag (configuration manual 8.2.6).</summary>
internal sealed class TagFormatPart(LogTag tag, LogFormatFlags flags, bool dash, byte[] hostName) : FormatPart
{
    private bool Hex => (flags & LogFormatFlags.Hex) != 0;

    public override void Write(RuleSubject subject, ref FormatWriter writer)
    {
        var log = subject.Log;
        switch (tag)
        {
            case LogTag.ClientIp: Address(subject.ClientAddress, ref writer); break;
            case LogTag.ClientPort: Port(subject.ClientAddress, subject, ref writer); break;
            case LogTag.FrontendIp: Address(subject.LocalAddress, ref writer); break;
            case LogTag.FrontendPort: Port(subject.LocalAddress, subject, ref writer); break;
            case LogTag.BackendSourceIp: Address(subject.ServerLocalAddress, ref writer); break;
            case LogTag.BackendSourcePort: Port(subject.ServerLocalAddress, subject, ref writer); break;
            case LogTag.ServerIp: Address(subject.ServerAddress, ref writer); break;
            case LogTag.ServerPort: Port(subject.ServerAddress, subject, ref writer); break;
            case LogTag.FrontendName: Text(Names.Of(subject.Frontend), ref writer); break;
            case LogTag.FrontendNameTransport: NameTransport(subject, ref writer); break;
            case LogTag.BackendName: Text(Names.Of(subject.BackendProxy), ref writer); break;
            case LogTag.ServerName: Text(subject.Server is { } server ? Names.Of(server) : subject.ServiceName, ref writer); break;
            case LogTag.HostName: Text(hostName, ref writer); break;
            case LogTag.UniqueId: Text(subject.UniqueId, ref writer); break;
            case LogTag.ProcessId: Number(Environment.ProcessId, 4, ref writer); break;
            case LogTag.RequestCounter: Number(log.RequestNumber, 4, ref writer); break;
            case LogTag.LogCounter: writer.Append(subject.LogCounter); break;
            case LogTag.ProcessConnections: writer.Append(log.ProcessConnections); break;
            case LogTag.FrontendConnections: writer.Append(log.FrontendConnections); break;
            case LogTag.BackendConnections: writer.Append(log.BackendConnections); break;
            case LogTag.ServerConnections: writer.Append(log.ServerConnections); break;
            case LogTag.ServerQueue: writer.Append(log.ServerQueue); break;
            case LogTag.BackendQueue: writer.Append(log.BackendQueue); break;
            case LogTag.Retries: Plus(log.Redispatched, log.Retries, ref writer); break;
            case LogTag.Status: writer.Append(log.Status); break;
            case LogTag.BytesRead: Plus(log.AsSoonAsPossible, log.BytesOut, ref writer); break;
            case LogTag.BytesUploaded: Plus(log.AsSoonAsPossible, log.BytesIn, ref writer); break;
            case LogTag.TerminationState: writer.Append((byte)log.Cause); writer.Append((byte)log.Phase); break;
            case LogTag.TerminationStateCookie:
                writer.Append((byte)log.Cause);
                writer.Append((byte)log.Phase);
                writer.Append(log.CookieRequest);
                writer.Append(log.CookieResponse);
                break;
            case LogTag.TlsCipher: Tls(FetchKind.TlsClientCipher, subject, ref writer); break;
            case LogTag.TlsVersion: Tls(FetchKind.TlsClientProtocol, subject, ref writer); break;
            case LogTag.RequestCookie: Text(subject.RequestCookie, ref writer); break;
            case LogTag.ResponseCookie: Text(subject.ResponseCookie, ref writer); break;
            case LogTag.RequestHeaders: Captures(subject.RequestCaptures, ref writer); break;
            case LogTag.ResponseHeaders: Captures(subject.ResponseCaptures, ref writer); break;
            case LogTag.RequestHeadersClf: CapturesApart(subject.RequestCaptures, ref writer); break;
            case LogTag.ResponseHeadersClf: CapturesApart(subject.ResponseCaptures, ref writer); break;
            case LogTag.Request or LogTag.Method or LogTag.Uri or LogTag.Path or LogTag.PathOnly or LogTag.Query or LogTag.Version:
                Line(subject.RequestLine, ref writer);
                break;
            default: Time(log, ref writer); break;
        }
    }

    private void Time(LogRecord log, ref FormatWriter writer)
    {
        var times = new LogTimes(log);
        switch (tag)
        {
            case LogTag.AcceptDate: Date("%d/%b/%Y:%H:%M:%S"u8, log.AcceptWallMicroseconds, local: true, milliseconds: true, ref writer); break;
            case LogTag.RequestDate: Date("%d/%b/%Y:%H:%M:%S"u8, times.RequestWall, local: true, milliseconds: true, ref writer); break;
            case LogTag.GmtDate: Date("%d/%b/%Y:%H:%M:%S +0000"u8, log.AcceptWallMicroseconds, local: false, milliseconds: false, ref writer); break;
            case LogTag.LocalDate: Date("%d/%b/%Y:%H:%M:%S %z"u8, log.AcceptWallMicroseconds, local: true, milliseconds: false, ref writer); break;
            case LogTag.RequestGmtDate: Date("%d/%b/%Y:%H:%M:%S +0000"u8, times.RequestWall, local: false, milliseconds: false, ref writer); break;
            case LogTag.RequestLocalDate: Date("%d/%b/%Y:%H:%M:%S %z"u8, times.RequestWall, local: true, milliseconds: false, ref writer); break;
            case LogTag.Timestamp: Number(log.AcceptWallMicroseconds / 1_000_000, 0, ref writer); break;
            case LogTag.AcceptMilliseconds:
                if (Hex)
                {
                    writer.AppendHex(log.AcceptWallMicroseconds / 1000 % 1000, 2);
                }
                else
                {
                    writer.Append(log.AcceptWallMicroseconds / 1000 % 1000, 3);
                }

                break;
            case LogTag.HandshakeTime: writer.Append(log.HandshakeMilliseconds); break;
            case LogTag.IdleTime: writer.Append(log.IdleMilliseconds); break;
            case LogTag.RequestTime: writer.Append(times.Request); break;
            case LogTag.FullRequestTime: writer.Append(times.FullRequest); break;
            case LogTag.WaitTime: writer.Append(times.Wait); break;
            case LogTag.ConnectTime: writer.Append(times.Connect); break;
            case LogTag.ResponseTime: writer.Append(times.Response); break;
            case LogTag.DataTime: writer.Append(times.Data); break;
            case LogTag.ActiveTime: Plus(log.AsSoonAsPossible, times.Active, ref writer); break;
            case LogTag.TotalTime: Plus(log.AsSoonAsPossible, times.Total, ref writer); break;
            case LogTag.TotalUserTime: Plus(log.AsSoonAsPossible, times.TotalUser, ref writer); break;
        }
    }

    private void Text(scoped ReadOnlySpan<byte> text, ref FormatWriter writer) => writer.AppendText(text, flags, dash);

    private void Number(long number, int width, ref FormatWriter writer)
    {
        if (Hex)
        {
            writer.AppendHex(number, width);
        }
        else
        {
            writer.Append(number);
        }
    }

    private static void Plus(bool plus, long number, ref FormatWriter writer)
    {
        if (plus)
        {
            writer.Append((byte)'+');
        }

        writer.Append(number);
    }

    private void Address(in SocketAddress128 address, ref FormatWriter writer)
    {
        var bytes = address.AddressBytes;
        if (Hex && !bytes.IsEmpty)
        {
            foreach (var b in bytes)
            {
                writer.AppendHex(b, 2);
            }

            return;
        }

        Span<byte> text = stackalloc byte[46];
        if (!bytes.IsEmpty && AddressWriter.TryWrite(bytes, text, out var length))
        {
            Text(text[..length], ref writer);
        }
        else
        {
            Text(address.Family == SocketFamily.Unix ? "unix"u8 : default, ref writer);
        }
    }

    private void Port(in SocketAddress128 address, RuleSubject subject, ref FormatWriter writer)
    {
        if (address.Family == SocketFamily.Unix)
        {
            writer.Append(subject.ListenerId);
        }
        else if (address.AddressBytes.IsEmpty)
        {
            Text(default, ref writer);
        }
        else if (Hex)
        {
            writer.AppendHex(address.Port, 4);
        }
        else
        {
            writer.Append(address.Port);
        }
    }

    private void NameTransport(RuleSubject subject, ref FormatWriter writer)
    {
        if (!subject.IsTls)
        {
            Text(Names.Of(subject.Frontend), ref writer);
            return;
        }

        var name = Names.Of(subject.Frontend);
        Span<byte> marked = stackalloc byte[Math.Min(name.Length, 255) + 1];
        name[..(marked.Length - 1)].CopyTo(marked);
        marked[^1] = (byte)'~';
        Text(marked, ref writer);
    }

    private void Tls(FetchKind kind, RuleSubject subject, ref FormatWriter writer)
    {
        var mark = subject.Scratch.Mark();
        var sample = default(Sample);
        Text(subject.IsTls && subject.TryGetTls(kind, ref sample) ? sample.Bytes : default, ref writer);
        subject.Scratch.Release(mark);
    }

    private void Quote(ref FormatWriter writer)
    {
        if ((flags & LogFormatFlags.Quote) != 0)
        {
            writer.Append((byte)'"');
        }
    }

    private void Captures(CaptureStore captures, ref FormatWriter writer)
    {
        if (captures.Count == 0 || !captures.IsActive)
        {
            return;
        }

        Quote(ref writer);
        writer.Append((byte)'{');
        for (var slot = 0; slot < captures.Count; slot++)
        {
            if (slot > 0)
            {
                writer.Append((byte)'|');
            }

            writer.AppendEncoded(captures[slot], "\"#{|}"u8, flags);
        }

        writer.Append((byte)'}');
        Quote(ref writer);
    }

    private void CapturesApart(CaptureStore captures, ref FormatWriter writer)
    {
        for (var slot = 0; captures.IsActive && slot < captures.Count; slot++)
        {
            if (slot > 0)
            {
                writer.Append((byte)' ');
            }

            if (!captures.Has(slot) && (flags & LogFormatFlags.Quote) == 0)
            {
                writer.Append((byte)'-');
                continue;
            }

            Quote(ref writer);
            writer.AppendEncoded(captures[slot], "\"#{|}"u8, flags);
            Quote(ref writer);
        }
    }

    private void Line(scoped ReadOnlySpan<byte> line, ref FormatWriter writer)
    {
        Quote(ref writer);
        if (line.IsEmpty)
        {
            writer.Append("<BADREQ>"u8);
        }
        else
        {
            writer.AppendEncoded(Part(line), "\"#"u8, flags);
        }

        Quote(ref writer);
    }

    private ReadOnlySpan<byte> Part(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (tag == LogTag.Request || space < 0)
        {
            return line;
        }

        if (tag == LogTag.Method)
        {
            return line[..space];
        }

        var rest = line[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        var uri = end < 0 ? rest : rest[..end];
        var mark = uri.IndexOf((byte)'?');
        return tag switch
        {
            LogTag.Version => end < 0 ? default : rest[(end + 1)..],
            LogTag.Query => mark < 0 ? default : uri[mark..],
            LogTag.Path => mark < 0 ? uri : uri[..mark],
            LogTag.PathOnly => UriParts.Path(uri) is [(byte)'/', ..] path ? path : default,
            _ => uri,
        };
    }

    private void Date(ReadOnlySpan<byte> format, long wallMicroseconds, bool local, bool milliseconds, ref FormatWriter writer)
    {
        Span<byte> text = stackalloc byte[80];
        var length = TimeFormat.Write(format, wallMicroseconds / 1_000_000, local, text);
        writer.Append(text[..length]);
        if (milliseconds)
        {
            writer.Append((byte)'.');
            writer.Append(wallMicroseconds / 1000 % 1000, 3);
        }
    }
}

/// <summary>The times of a log line in milliseconds (configuration manual 8.4). Each moment is cut to milliseconds before differences are taken.</summary>
internal readonly struct LogTimes(LogRecord log)
{
    /// <summary>%Tq</summary>
    public long FullRequest => Since(log.RequestMicroseconds);

    /// <summary>%TR</summary>
    public long Request => log.RequestMicroseconds < 0 ? -1 : Since(log.RequestMicroseconds) - Math.Max(0, log.IdleMilliseconds) - log.HandshakeMilliseconds;

    /// <summary>%Tw</summary>
    public long Wait => log.QueueMicroseconds < 0 ? -1 : Since(log.QueueMicroseconds) - Math.Max(0, Since(log.RequestMicroseconds));

    /// <summary>%Tc</summary>
    public long Connect => log.ConnectMicroseconds < 0 ? -1 : Since(log.ConnectMicroseconds) - Since(log.QueueMicroseconds);

    /// <summary>%Tr</summary>
    public long Response => log.ResponseMicroseconds < 0 ? -1 : Since(log.ResponseMicroseconds) - Since(log.ConnectMicroseconds);

    /// <summary>%Td</summary>
    public long Data => log.ResponseMicroseconds >= 0 ? Total - Since(log.ResponseMicroseconds)
        : log.ConnectMicroseconds >= 0 ? Total - Since(log.ConnectMicroseconds) : -1;

    /// <summary>%Tt</summary>
    public long Total => Since(log.CloseMicroseconds);

    /// <summary>%Ta</summary>
    public long Active => Total - Math.Max(0, log.IdleMilliseconds) - log.HandshakeMilliseconds;

    /// <summary>%Tu</summary>
    public long TotalUser => Total - Math.Max(0, log.IdleMilliseconds);

    /// <summary>Wall time of the request's first byte.</summary>
    public long RequestWall => log.AcceptWallMicroseconds + ((Math.Max(0, log.IdleMilliseconds) + log.HandshakeMilliseconds) * 1000L);

    private long Since(long moment) => moment < 0 ? -1 : (moment - log.AcceptMicroseconds) / 1000;
}
