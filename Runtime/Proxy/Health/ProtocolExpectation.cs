using System.Buffers.Binary;
using System.Text;
using Dropin.Runtime.Ir.Health;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What the checks of fixed protocols expect. The step's number says which of the protocol's answers is meant.</summary>
internal sealed class ProtocolExpectation(ExpectStep step, CheckKind kind) : Expectation(step, kind)
{
    /// <inheritdoc/>
    internal override ExpectResult Judge(CheckRun run, HttpCheckResponse? response, bool isFinal)
    {
        var bytes = run.Subject.Buffer.Span;
        if (bytes.IsEmpty)
        {
            // Past the first answer of MySQL the original says nothing.
            return !isFinal ? ExpectResult.Wait
                : Kind == CheckKind.MySql && Step.Index > 2 ? ExpectResult.Failed(CheckStatus.Layer7Response, 0, "") : Empty();
        }

        return Kind switch
        {
            CheckKind.SslHello => JudgeTls(run, bytes, isFinal),
            CheckKind.Smtp => JudgeSmtp(run, bytes, isFinal),
            CheckKind.Redis => JudgeRedis(run, bytes, isFinal),
            CheckKind.Postgres => JudgePostgres(run, bytes, isFinal),
            CheckKind.MySql => JudgeMySql(run, bytes, isFinal),
            CheckKind.Ldap => JudgeLdap(run, bytes, isFinal),
            _ => JudgeSpop(run, bytes, isFinal),
        };
    }

    // A handshake (0x16) or an alert (0x15): it speaks TLS.
    private ExpectResult JudgeTls(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (bytes[0] is 0x15 or 0x16)
        {
            return Meet(run, 0, "");
        }

        return isFinal || bytes.Length >= 5 ? Fail(run, CheckStatus.Layer6Response, 0, "") : ExpectResult.Wait;
    }

    private ExpectResult JudgeSmtp(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (!isFinal && bytes.Length < 4)
        {
            return ExpectResult.Wait;
        }

        var hasCode = bytes.Length >= 4 && char.IsAsciiDigit((char)bytes[0]) && char.IsAsciiDigit((char)bytes[1]) && char.IsAsciiDigit((char)bytes[2])
            && bytes[3] is (byte)' ' or (byte)'\r' or (byte)'-';
        if (Step.Index == 2)
        {
            return hasCode ? Meet(run, 0, "") : Fail(run, CheckStatus.Layer7Response, 0, FirstLine(bytes));
        }

        var code = hasCode ? ((bytes[0] - '0') * 100) + ((bytes[1] - '0') * 10) + (bytes[2] - '0') : 0;
        var text = bytes.Length > 4 ? FirstLine(bytes[4..]).TrimStart(' ') : "";
        var isGood = code is >= 200 and < 300 && IsWholeReply(bytes);
        if (isGood)
        {
            return Meet(run, code, text);
        }

        // The answer to the greeting may have several lines: nothing but the end decides against it.
        return Step.Index == 5 && !isFinal ? ExpectResult.Wait : Fail(run, CheckStatus.Layer7Status, code, text);
    }

    // All lines but the last have a hyphen behind the code.
    private static bool IsWholeReply(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 4)
        {
            if (bytes[3] != (byte)'-')
            {
                return true;
            }

            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            bytes = bytes[(end + 1)..];
        }

        return false;
    }

    private ExpectResult JudgeRedis(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (bytes.IndexOf("+PONG\r\n"u8) >= 0)
        {
            return Meet(run, 0, "Redis server is ok");
        }

        return isFinal ? Fail(run, CheckStatus.Layer7Status, 0, FirstLine(bytes)) : ExpectResult.Wait;
    }

    private ExpectResult JudgePostgres(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (Step.Index == 3)
        {
            if (!isFinal && bytes.Length < 5)
            {
                return ExpectResult.Wait;
            }

            return bytes[0] == (byte)'E'
                ? Fail(run, CheckStatus.Layer7Response, 0, bytes.Length > 6 ? UpToZero(bytes[6..]) : "")
                : Meet(run, 0, "");
        }

        if (!isFinal && bytes.Length < 9)
        {
            return ExpectResult.Wait;
        }

        // 'R', a length, and a request of authentication: whichever, the server works.
        var asks = bytes.Length >= 9 && bytes[0] == (byte)'R' && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0;
        return asks ? Meet(run, 0, "PostgreSQL server is ok") : Fail(run, CheckStatus.Layer7Status, 0, "PostgreSQL unknown error");
    }

    private ExpectResult JudgeMySql(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        // The second answer stands behind the greeting, which is still there.
        var start = 0;
        if (Step.Index > 2 && run.MySqlGreetingLength > 0)
        {
            start = Math.Min(run.MySqlGreetingLength, bytes.Length);
        }

        var packet = bytes[start..];
        var length = packet.Length < 4 ? -1 : packet[0] | (packet[1] << 8) | (packet[2] << 16);
        if (length < 0 || packet.Length < 4 + length)
        {
            return isFinal ? ExpectResult.Failed(CheckStatus.Layer7Response, 0, "") : ExpectResult.Wait;
        }

        packet = packet[..(4 + length)];
        if (packet.Length > 4 && packet[4] == 0xff)
        {
            var code = packet.Length >= 7 ? BinaryPrimitives.ReadUInt16LittleEndian(packet[5..]) : 0;
            return Fail(run, CheckStatus.Layer7Status, code, packet.Length > 7 ? Encoding.Latin1.GetString(packet[7..]) : "");
        }

        if (Step.Index == 2)
        {
            run.MySqlGreetingLength = 4 + length;
            run.MySqlVersion = packet.Length > 5 ? UpToZero(packet[5..]) : "";
        }

        return Meet(run, 0, run.MySqlVersion);
    }

    private ExpectResult JudgeLdap(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        const string NotLdap = "Not LDAPv3 protocol";
        if (bytes.Length < 14)
        {
            return isFinal ? ExpectResult.Failed(CheckStatus.Layer7Response, 0, bytes[0] == 0x30 ? "" : NotLdap) : ExpectResult.Wait;
        }

        if (bytes[0] != 0x30)
        {
            return ExpectResult.Failed(CheckStatus.Layer7Response, 0, NotLdap);
        }

        var at = 1 + LengthOf(bytes[1..]);
        // The answer has to be to our message 1, and a bind response.
        if (at + 4 > bytes.Length || !bytes.Slice(at, 3).SequenceEqual("\u0002\u0001\u0001"u8) || bytes[at + 3] != 0x61)
        {
            return ExpectResult.Failed(CheckStatus.Layer7Response, 0, NotLdap);
        }

        at += 4;
        at += at < bytes.Length ? LengthOf(bytes[at..]) : 0;
        if (at + 3 > bytes.Length || bytes[at] != 0x0a || bytes[at + 1] != 1)
        {
            return ExpectResult.Failed(CheckStatus.Layer7Response, 0, NotLdap);
        }

        var code = bytes[at + 2];
        return code == 0
            ? Meet(run, 0, "Success")
            : ExpectResult.Failed(CheckStatus.Layer7Status, code, "See RFC: http://tools.ietf.org/html/rfc4511#section-4.1.9");
    }

    // BER: one byte, or 0x80 and how many follow.
    private static int LengthOf(ReadOnlySpan<byte> bytes) => bytes[0] < 0x80 ? 1 : 1 + (bytes[0] & 0x7f);

    private ExpectResult JudgeSpop(CheckRun run, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (bytes.Length < 4 || bytes.Length < 4 + BinaryPrimitives.ReadUInt32BigEndian(bytes))
        {
            return isFinal ? ExpectResult.Failed(CheckStatus.Layer7Response, 0, "invalid frame received") : ExpectResult.Wait;
        }

        var wrong = SpopHello.FindError(bytes.Slice(4, (int)BinaryPrimitives.ReadUInt32BigEndian(bytes)));
        return wrong is null ? Meet(run, 0, "SPOA server is ok") : ExpectResult.Failed(CheckStatus.Layer7Response, 0, wrong);
    }

    private static string FirstLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static string UpToZero(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
