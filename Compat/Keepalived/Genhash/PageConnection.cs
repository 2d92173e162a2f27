using System.Net.Sockets;
using Dropin.Runtime.Sys.OpenSsl;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>How a step ended.</summary>
internal enum StepEnd
{
    /// <summary>Well.</summary>
    Done,

    /// <summary>With an error.</summary>
    Failed,

    /// <summary>Not in time.</summary>
    Late,
}

/// <summary>A connection to a web server, with or without TLS, whose steps each have a time limit.</summary>
internal sealed class PageConnection(PageRequest request) : IDisposable
{
    private const int SocketLevel = 1, MarkOption = 36; // SOL_SOCKET, SO_MARK

    private readonly Socket _socket = new(request.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
    private TlsClient? _tls;

    /// <summary>Connects.</summary>
    public StepEnd Connect()
    {
        if (request.Mark is { } mark) _socket.SetRawSocketOption(SocketLevel, MarkOption, BitConverter.GetBytes(mark));
        try
        {
            _socket.Connect(request.Server);
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!Wait(PollEntry.Out)) return StepEnd.Late;
            if (_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is not 0) return StepEnd.Failed;
        }
        catch (SocketException)
        {
            return StepEnd.Failed;
        }
        return StepEnd.Done;
    }

    /// <summary>Begins TLS.</summary>
    public StepEnd Handshake()
    {
        _tls = TlsClient.Create((int)_socket.Handle, request.SendsServerName ? request.VirtualHost : null);
        while (_tls != null)
        {
            var step = _tls.Handshake();
            if (step == TlsStep.Done) return StepEnd.Done;
            if (step is not (TlsStep.WantsRead or TlsStep.WantsWrite)) break;
            if (!Wait(step)) return StepEnd.Late;
        }
        return StepEnd.Failed;
    }

    /// <summary>Sends all bytes.</summary>
    public StepEnd Send(ReadOnlySpan<byte> bytes)
    {
        if (request.Timeout == 0) return StepEnd.Late; // the original's timer is over before the socket is looked at
        while (!bytes.IsEmpty)
        {
            if (_tls != null)
            {
                var step = _tls.Write(bytes);
                if (step == TlsStep.Done) return StepEnd.Done;
                if (step is not (TlsStep.WantsRead or TlsStep.WantsWrite)) return StepEnd.Failed;
                if (!Wait(step)) return StepEnd.Late;
                continue;
            }
            if (!Wait(PollEntry.Out)) return StepEnd.Late;
            var count = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) return StepEnd.Failed;
            bytes = bytes[count..];
        }
        return StepEnd.Done;
    }

    /// <summary>Receives what comes; nothing when the server has ended.</summary>
    public StepEnd Receive(Span<byte> into, out int count)
    {
        while (true)
        {
            if (_tls != null)
            {
                var step = _tls.Read(into, out count);
                if (step is TlsStep.Done or TlsStep.Ended) return StepEnd.Done;
                if (step == TlsStep.Failed) return StepEnd.Failed;
                if (!Wait(step)) return StepEnd.Late;
                continue;
            }
            count = 0;
            if (!Wait(PollEntry.In)) return StepEnd.Late;
            count = _socket.Receive(into, SocketFlags.None, out var error);
            if (error == SocketError.Success) return StepEnd.Done;
            if (error != SocketError.WouldBlock) return StepEnd.Failed;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
    }

    private bool Wait(TlsStep step) => Wait(step == TlsStep.WantsRead ? PollEntry.In : PollEntry.Out);

    private bool Wait(short wanted)
    {
        Span<PollEntry> entry = [new() { Descriptor = (int)_socket.Handle, Wanted = wanted }];
        var milliseconds = request.Timeout is { } seconds ? (int)Math.Min(seconds * 1000, int.MaxValue) : -1;
        return Polling.Wait(entry, request.Timeout > int.MaxValue / 1000 ? int.MaxValue : milliseconds) > 0;
    }
}
