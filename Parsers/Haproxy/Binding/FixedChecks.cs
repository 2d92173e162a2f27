using System.Buffers.Binary;
using System.Text;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>First messages of protocols which have a check of their own.</summary>
internal static class FixedChecks
{
    /// <summary>A ClientHello of SSL 3.0 with three cipher suites (RFC 6101); the random bytes do not matter.</summary>
    public static byte[] SslHello()
    {
        byte[] suites = [0x00, 0x05, 0x00, 0x0A, 0x00, 0x2F];
        var hello = new List<byte> { 3, 0 };
        hello.AddRange(new byte[32]);
        hello.Add(0);
        hello.AddRange([0, (byte)suites.Length, .. suites, 1, 0]);
        return [0x16, 3, 0, 0, (byte)(hello.Count + 4), 1, 0, 0, (byte)hello.Count, .. hello];
    }

    /// <summary>A BindRequest of LDAP version 3, simple and anonymous (RFC 4511).</summary>
    public static byte[] LdapBind() => [0x30, 0x0C, 0x02, 0x01, 0x01, 0x60, 0x07, 0x02, 0x01, 0x03, 0x04, 0x00, 0x80, 0x00];

    /// <summary>A StartupMessage of PostgreSQL, protocol 3.0, with the user's name.</summary>
    public static byte[] PostgresStartup(string user)
    {
        byte[] body = [0, 3, 0, 0, .. "user\0"u8, .. Encoding.Latin1.GetBytes(user), 0, 0];
        var message = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        body.CopyTo(message, 4);
        return message;
    }

    /// <summary>A login packet of MySQL without a password, and the command to quit behind it.</summary>
    public static byte[] MySqlLogin(string user, bool modern)
    {
        var name = Encoding.Latin1.GetBytes(user);
        byte[] login = modern
            // Capabilities: protocol 4.1 and secure connection; packets of 16 MB; latin1.
            ? [0x00, 0x82, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x08, .. new byte[23], .. name, 0, 0]
            : [0x80, 0x00, 0x01, 0x00, 0x00, .. name, 0];
        return [(byte)login.Length, 0, 0, 1, .. login, 1, 0, 0, 0, 1];
    }

    /// <summary>A HAPROXY-HELLO frame with <c>healthcheck</c> (SPOE specification 3.2.4).</summary>
    public static byte[] SpopHello()
    {
        static byte[] Text(ReadOnlySpan<byte> text) => [8, (byte)text.Length, .. text];
        byte[] frame =
        [
            1, 0, 0, 0, 1, 0, 0,
            18, .. "supported-versions"u8, .. Text("1.0"u8),
            14, .. "max-frame-size"u8, 3, 0xFC, 0xF0, 0x06,
            12, .. "capabilities"u8, .. Text(""u8),
            11, .. "healthcheck"u8, 0x11,
        ];
        var message = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, frame.Length);
        frame.CopyTo(message, 4);
        return message;
    }
}
