using System.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Health;

/// <summary>The checks of fixed protocols, as scripts (configuration manual 4.2, <c>option smtpchk</c> …).</summary>
/// <remarks>The numbers of the steps are those that the original's messages show.</remarks>
public static class ProtocolScripts
{
    /// <summary><c>option ssl-hello-chk</c>: a client hello of SSLv3; the time in it (bytes 11 to 14) is set when it is sent.</summary>
    public static ScriptCheckConfig SslHello(SourceSpan at)
    {
        var suites = new List<byte>();
        for (var suite = 1; suite <= 0x1b; suite++)
        {
            suites.AddRange([0, (byte)suite]);
        }

        for (var suite = 0x2f; suite <= 0x3a; suite++)
        {
            suites.AddRange([0, (byte)suite]);
        }

        byte[] hello =
        [
            0x16, 3, 0, 0, 0x79, 1, 0, 0, 0x75, 3, 0, 0, 0, 0, 0,
            .. "HAPROXYSSLCHK\nHAPROXYSSLCHK\n"u8, 0, 0, (byte)suites.Count, .. suites, 1, 0,
        ];
        return Script(CheckKind.SslHello, Send(at, hello), Expect(at, 2) with { ErrorStatus = "L6RSP", OkStatus = "L6OK", TimeoutStatus = "L6TOUT" });
    }

    /// <summary><c>option smtpchk</c></summary>
    /// <param name="at">Its place.</param>
    /// <param name="hello">The greeting, "HELO localhost" by default.</param>
    public static ScriptCheckConfig Smtp(SourceSpan at, string hello) => Script(
        CheckKind.Smtp,
        Lingering(at),
        Expect(at, 2) with { ErrorStatus = "L7RSP" },
        Expect(at, 3) with { ErrorStatus = "L7STS" },
        Send(at, Encoding.UTF8.GetBytes(hello + "\r\n")),
        Expect(at, 5) with { ErrorStatus = "L7STS" },
        Send(at, "QUIT\r\n"u8),
        Expect(at, 7) with { ErrorStatus = "L7STS" });

    /// <summary><c>option ldap-check</c>: an anonymous bind of LDAPv3.</summary>
    public static ScriptCheckConfig Ldap(SourceSpan at) =>
        Script(CheckKind.Ldap, Send(at, [0x30, 0x0c, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0]), Expect(at, 2));

    /// <summary><c>option mysql-check</c></summary>
    /// <param name="at">Its place.</param>
    /// <param name="user">Who logs in; null nobody: the greeting is enough.</param>
    /// <param name="beforeVersion41">Whether the old protocol is spoken (<c>pre-41</c>).</param>
    public static ScriptCheckConfig MySql(SourceSpan at, string? user, bool beforeVersion41)
    {
        if (user is null)
        {
            return Script(CheckKind.MySql, Lingering(at), Expect(at, 2));
        }

        var name = Encoding.UTF8.GetBytes(user);
        byte[] head = beforeVersion41
            ? [0, 0x80, 0, 0, 1]
            : [0, 0x82, 0, 0, 0, 0x80, 0, 1, 0x21, .. new byte[23]];
        byte[] login = [.. head, .. name, 0, 0];
        byte[] packet = [(byte)login.Length, (byte)(login.Length >> 8), 0, 1, .. login, 1, 0, 0, 0, 1];
        return Script(CheckKind.MySql, Lingering(at), Expect(at, 2), Send(at, packet), Expect(at, 4));
    }

    /// <summary><c>option pgsql-check</c></summary>
    public static ScriptCheckConfig Postgres(SourceSpan at, string user)
    {
        var name = Encoding.UTF8.GetBytes(user);
        var length = 4 + 4 + 5 + name.Length + 2;
        byte[] packet = [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 0, 3, 0, 0, .. "user\0"u8, .. name, 0, 0];
        return Script(CheckKind.Postgres, Lingering(at), Send(at, packet), Expect(at, 3), Expect(at, 4) with { ErrorStatus = "L7STS" });
    }

    /// <summary><c>option redis-check</c></summary>
    public static ScriptCheckConfig Redis(SourceSpan at) =>
        Script(CheckKind.Redis, Send(at, "*1\r\n$4\r\nPING\r\n"u8), Expect(at, 2) with { ErrorStatus = "L7STS" });

    /// <summary><c>option spop-check</c>: the hello of a stream processing offload agent.</summary>
    public static ScriptCheckConfig Spop(SourceSpan at)
    {
        byte[] frame =
        [
            0, 0, 0, 0x4e, 1, 0, 0, 0, 1, 0, 0, 0x12, .. "supported-versions"u8, 8, 3, .. "2.0"u8,
            0x0e, .. "max-frame-size"u8, 3, 0xfc, 0xf0, 6, 0x0c, .. "capabilities"u8, 8, 0, 0x0b, .. "healthcheck"u8, 0x11,
        ];
        return Script(CheckKind.Spop, Send(at, frame), Expect(at, 2));
    }

    private static ScriptCheckConfig Script(CheckKind kind, params ReadOnlySpan<CheckStep> steps) => new(kind, ValueList.Create(steps));

    // These servers count a reset as an error of the client, and may lock it out.
    private static ConnectStep Lingering(SourceSpan at) => new(at) { Default = true, Linger = true };

    private static SendStep Send(SourceSpan at, ReadOnlySpan<byte> bytes) => new(at, ValueList.Create(bytes), null, false);

    private static ExpectStep Expect(SourceSpan at, int index) => new(at) { Kind = ExpectKind.Protocol, Index = index };
}
