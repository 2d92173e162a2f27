namespace Dropin.Runtime.Sys.OpenSsl;

/// <summary>What a step of TLS needs before it can be tried again, or how it ended.</summary>
public enum TlsStep
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The descriptor must become readable.</summary>
    WantsRead,

    /// <summary>The descriptor must become writable.</summary>
    WantsWrite,

    /// <summary>The other side has said that it ends.</summary>
    Ended,

    /// <summary>It failed, or the other side ended without a word, as web servers often do.</summary>
    Failed,
}

/// <summary>The client's side of TLS on a connected non-blocking descriptor. Nobody's certificate is checked: this reads pages, it trusts nothing in them.</summary>
public sealed class TlsClient : IDisposable
{
    private const int SetServerName = 55, HostName = 0;  // SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name
    private const int WantRead = 2, WantWrite = 3, ZeroReturn = 6;

    private readonly nint _context, _session;

    private TlsClient(nint context, nint session) => (_context, _session) = (context, session);

    /// <summary>Prepares TLS with the name that is sent (SNI), if any. Null where OpenSSL 3 is not installed or has no memory.</summary>
    public static TlsClient? Create(int descriptor, string? serverName)
    {
        try
        {
            var context = OpenSslNative.NewContext(OpenSslNative.ClientMethod());
            if (context == 0) return null;
            var session = OpenSslNative.NewSession(context);
            var client = new TlsClient(context, session);
            if (session != 0 && OpenSslNative.SetDescriptor(session, descriptor) == 1
                && (serverName == null || OpenSslNative.Control(session, SetServerName, HostName, serverName) == 1))
                return client;
            client.Dispose();
            return null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes the handshake as far as it goes.</summary>
    public TlsStep Handshake() => StepOf(OpenSslNative.Connect(_session), out _);

    /// <summary>Reads what is there.</summary>
    public TlsStep Read(Span<byte> into, out int count) => StepOf(OpenSslNative.Read(_session, into, into.Length), out count);

    /// <summary>Writes all, or nothing yet.</summary>
    public TlsStep Write(ReadOnlySpan<byte> bytes) => StepOf(OpenSslNative.Write(_session, bytes, bytes.Length), out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_session != 0) OpenSslNative.FreeSession(_session);
        OpenSslNative.FreeContext(_context);
    }

    private TlsStep StepOf(int result, out int count)
    {
        count = Math.Max(result, 0);
        if (result > 0) return TlsStep.Done;
        return OpenSslNative.ErrorOf(_session, result) switch
        {
            WantRead => TlsStep.WantsRead,
            WantWrite => TlsStep.WantsWrite,
            ZeroReturn => TlsStep.Ended,
            _ => TlsStep.Failed,
        };
    }
}
