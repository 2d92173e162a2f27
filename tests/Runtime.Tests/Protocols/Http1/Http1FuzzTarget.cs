using System.Text;

namespace Dropin.Runtime.Tests.Protocols.Http1;

/// <summary>
/// A fuzz target with an oracle. Its input: one byte of flags, then a message. It throws when a message means something else in pieces than
/// whole, or when a head that was written does not read back as itself.
/// </summary>
public static class Http1FuzzTarget
{
    /// <summary>Checks one input.</summary>
    public static void Check(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2) return;
        var isResponse = (input[0] & 1) != 0;
        var acceptInvalid = (input[0] & 2) != 0;
        var method = (input[0] & 4) != 0 ? "HEAD" : "GET";
        var message = input[1..Math.Min(input.Length, 20000)].ToArray();
        var whole = WireRun.Of(message, isResponse, acceptInvalid, method, false, []);
        var pieces = Enumerable.Range(1, message.Length - 1).Where(i => message.Length < 600 || i % 37 == 0);
        Same(whole, WireRun.Of(message, isResponse, acceptInvalid, method, false, pieces), "in pieces", message);
        Same(whole, WireRun.Of(message, isResponse, acceptInvalid, method, false, [1 + (message[0] * 31 % message.Length)]), "in two", message);
        if (!whole.Contains("\r\n\r\n", StringComparison.Ordinal)) return;

        // Blanks that a reduced Connection leaves at its end are trimmed by the next reader, so the second writing is the one that must stand.
        var first = Head(whole);
        var second = Head(WireRun.Of(first, isResponse, acceptInvalid, method, false, []));
        var third = Head(WireRun.Of(second, isResponse, acceptInvalid, method, false, []));
        Same(Encoding.Latin1.GetString(second), Encoding.Latin1.GetString(third), "written again", message);
    }

    private static byte[] Head(string outcome)
    {
        var end = outcome.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException("a written head does not read back: " + outcome);
        return Encoding.Latin1.GetBytes(outcome[..(end + 4)]);
    }

    private static void Same(string expected, string actual, string how, byte[] message)
    {
        if (expected == actual) return;
        throw new InvalidOperationException($"differs {how}: {Convert.ToBase64String(message)}\n--- {expected}\n--- {actual}");
    }
}
