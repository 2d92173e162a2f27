using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.State;

/// <summary>The last message of one direction that a proxy could not understand, for <c>show errors</c> (management manual 9.3).</summary>
/// <remarks>The bytes are copied into an array that is used again, so that a peer who sends nonsense costs no memory. Written by any thread, one at a time.</remarks>
public sealed class ErrorCapture
{
    private readonly Lock _gate = new();
    private byte[] _bytes = [];
    private int _length;
    private CapturedError? _last;

    /// <summary>Takes a message.</summary>
    /// <param name="description">What is known of it.</param>
    /// <param name="input">The buffer's bytes.</param>
    public void Take(in CapturedError description, ReadOnlySpan<byte> input)
    {
        lock (_gate)
        {
            if (_bytes.Length < input.Length)
            {
                _bytes = new byte[input.Length];
            }

            input.CopyTo(_bytes);
            _length = input.Length;
            _last = description;
        }
    }

    /// <summary>The last one with a copy of its bytes; null where there was none.</summary>
    public CapturedError? Read(out byte[] bytes)
    {
        lock (_gate)
        {
            bytes = _bytes.AsSpan(0, _length).ToArray();
            return _last;
        }
    }
}

/// <summary>What is known of a message that was not understood.</summary>
/// <param name="Event">Its number in the process, from 0.</param>
/// <param name="WallMicroseconds">When, since 1970.</param>
/// <param name="Frontend">Where the client came in.</param>
/// <param name="Backend">The backend; null before one was chosen.</param>
/// <param name="Server">The server; null without one.</param>
/// <param name="Client">The client's address.</param>
/// <param name="Error">What is wrong, and where.</param>
public readonly record struct CapturedError(
    int Event, long WallMicroseconds, ProxyState Frontend, ProxyState? Backend, ServerState? Server, SocketAddress128 Client, Http1Error Error);
