using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>Fetches one page and prints the MD5 of its body, which a digest of HTTP_GET in keepalived.conf is compared with. Whatever happens, the exit code is 0, as the original's.</summary>
internal sealed class PageHash(PageRequest request)
{
    private const int ReadSize = 4095; // what the original reads at once; one dump with -v

    /// <summary>Answers the words behind -T (or the name genhash); the exit code.</summary>
    public static int Answer(string name, IReadOnlyList<string> words)
    {
        if (GenhashArguments.Read(words, out var mistake) is { } request)
        {
            new PageHash(request).Run();
            return 0;
        }
        StandardStreams.WriteError((mistake.Length > 0 ? mistake + "\n" : "") + GenhashText.Usage(name));
        return 1;
    }

    private void Run()
    {
        var started = Stopwatch.GetTimestamp();
        using (var connection = new PageConnection(request))
        {
            if (Ask(connection)) Read(connection);
        }
        if (request.Verbose)
            Print($"\nGlobal response time for [{request.Url}] = {(long)Stopwatch.GetElapsedTime(started).TotalMicroseconds} usecs\n");
    }

    private bool Ask(PageConnection connection) =>
        Succeeded(connection.Connect(), "Connection failed", "Timeout connecting")
        && (!request.Tls || Succeeded(connection.Handshake(), "SSL handshake/communication error connecting to", "Timeout connecting"))
        && Succeeded(connection.Send(Encoding.UTF8.GetBytes(request.Text)), "Cannot send get request to", request.Tls ? "Timeout SSL write" : "Timeout WEB write");

    private void Read(PageConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[ReadSize];
        var used = 0;
        var inBody = false;
        var clean = true;
        var left = ulong.MaxValue; // bytes of the body that count
        while (true)
        {
            var end = connection.Receive(buffer.AsSpan(used), out var count);
            // An end of TLS without a farewell is an end, of which less is shown.
            clean = end == StepEnd.Done;
            if (end == StepEnd.Failed && request.Tls) break;
            if (!Succeeded(end, "Read error with", request.Tls ? "Timeout SSL read" : "Timeout WEB read")) return;
            if (count == 0) break;
            if (inBody)
            {
                Take(Cut(buffer.AsSpan(0, count), ref left), "", hash);
                continue;
            }
            used += count;
            var blank = buffer.AsSpan(0, used).IndexOf("\r\n\r\n"u8);
            if (request.Verbose) Print(Title("    HTTP Header Buffer    "));
            // A head that fills the buffer has no end that could still be found.
            if (blank < 0 && used < buffer.Length) continue;
            if (blank >= 0)
            {
                inBody = true;
                var head = buffer.AsSpan(0, blank + 4);
                left = ContentLength(head);
                PrintHead(head);
                Take(Cut(buffer.AsSpan(blank + 4, used - blank - 4), ref left), Title("        HTML Buffer        "), hash);
            }
            used = 0;
        }
        PrintHash(hash, inBody, clean);
    }

    // The connection is read to its end, but what goes beyond the length that was announced does not count. The first such words count, wherever they stand.
    private static ulong ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length:"u8;
        var at = head.IndexOf(name);
        if (at < 0) return ulong.MaxValue;
        var value = head[(at + name.Length)..];
        var text = Encoding.ASCII.GetString(value[..value.IndexOf((byte)'\r')]).TrimStart();
        if (text.Length == 0) return 0;
        return ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length) ? length : ulong.MaxValue;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, ref ulong left)
    {
        if ((ulong)bytes.Length > left) bytes = bytes[..(int)left];
        left -= (ulong)bytes.Length;
        return bytes;
    }

    private void Take(ReadOnlySpan<byte> body, string title, IncrementalHash hash)
    {
        hash.AppendData(body);
        if (request.Verbose && !body.IsEmpty) Print(title + HexDump.Of(body));
    }

    private void PrintHead(ReadOnlySpan<byte> head)
    {
        if (!request.Verbose) return;
        Print(HexDump.Of(head) + Title(" HTTP Header Ascii Buffer "));
        Descriptors.WriteAll(1, head);
        Print("\n");
    }

    private void PrintHash(IncrementalHash hash, bool hasBody, bool clean)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        if (request.Verbose && clean)
            Print("\n" + Title("    HTML hash resulting    ") + HexDump.Of(digest) + Title(" HTML hash final resulting "));
        if (hasBody) Print(Convert.ToHexStringLower(digest) + "\n");
        else StandardStreams.WriteError("no data received from remote webserver\n");
    }

    private static string Title(string text) => $"-----------------------[{text}]-----------------------\n";

    private static bool Succeeded(StepEnd end, string failed, string late)
    {
        if (end != StepEnd.Done) Print((end == StepEnd.Late ? late : failed) + "\n");
        return end == StepEnd.Done;
    }

    private static void Print(string text) => StandardStreams.WriteOutput(text);
}
