using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Compat.Keepalived.Genhash;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Genhash;

public sealed partial class GenhashTests
{
    private const string Original = "/usr/bin/genhash";

    [Fact]
    public void A_dump_has_sixteen_bytes_a_line() => HexDump.Of("HTTP/1.0 200 OK\r\n\u0001é"u8).Should().Be(
        "0000  48 54 54 50 2f 31 2e 30 - 20 32 30 30 20 4f 4b 0d   HTTP/1.0 200 OK.\n" +
        "0016  0a 01 c3 a9             -                           ....            \n");

    [Theory]
    [InlineData("-s 127.0.0.1 -p 80 -u /a", "GET /a HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 127.0.0.1:80\r\n\r\n")]
    [InlineData("-s ::1 -p 80 -u /a -P 1.0c", "GET /a HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: [::1]:80\r\n\r\n")]
    [InlineData("-S -p 443 -s 10.0.0.1 -u / -P 1.1 -V www", "GET / HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: www\r\n\r\n")]
    public void A_command_line_makes_a_request(string words, string text) => GenhashArguments.Read(words.Split(' '), out _)!.Text.Should().Be(text);

    [Theory]
    [InlineData("-s localhost -p 80 -u /", "server should be an IP, not localhost")]
    [InlineData("-s 127.1 -p 80 -u /", "server should be an IP, not 127.1")]
    [InlineData("-p 0", "invalid port number '0'")]
    [InlineData("-P 2", "invalid HTTP protocol version '2'")]
    [InlineData("-t -1", "invalid timeout '-1'")]
    [InlineData("-m x", "invalid fwmark 'x'")]
    [InlineData("a b", "Unexpected argument(s): a b")]
    [InlineData("--bogus", "Unknown option --bogus")]
    [InlineData("--use", "")]
    [InlineData("-s", "")]
    [InlineData("-s 127.0.0.1 -p 80", "")]
    public void A_wrong_command_line_is_told_of(string words, string sentence)
    {
        GenhashArguments.Read(words.Split(' '), out var mistake).Should().BeNull();
        mistake.Should().Be(sentence);
    }

    public static TheoryData<string, bool> Pages => new()
    {
        { "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", false },
        { "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", true },
        { "HTTP/1.0 404 No\r\nContent-Length: 3\r\n\r\nhello", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true },
        { "HTTP/1.1 200 OK\r\nX: y\r\n", false },
        { "garbage\n\nmore", false },
        { "HTTP/1.0 200 OK\n\nhello", false },
        { "HTTP/1.0 200 OK\r\nContent-Length: 3x\r\n\r\nhe\r\n\r\nllo", false },
    };

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_hashed_as_by_the_original(string answer, bool tls)
    {
        Skip.IfNot(File.Exists(Original), $"the original {Original} is not installed (apt-get install keepalived)");
        Skip.If(KeepalivedSubject.WhyNot != null, KeepalivedSubject.WhyNot);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        foreach (var verbose in (string[])["-h", "-v"])
        {
            string[] words = ["-s", "127.0.0.1", "-p", $"{port}", "-u", "/", "-t", "10", .. tls ? ["-S"] : Array.Empty<string>(), .. verbose == "-v" ? ["-v"] : Array.Empty<string>()];
            var expected = await Ask(listener, answer, tls, Original, words);
            var actual = await Ask(listener, answer, tls, KeepalivedSubject.Path!, ["-T", .. words]);
            actual.Should().Be(expected);
        }
    }

    private static async Task<string> Ask(TcpListener listener, string answer, bool tls, string program, string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        using (var socket = await listener.AcceptSocketAsync(limit.Token))
        {
            await using var network = new NetworkStream(socket);
            await using Stream stream = tls ? new SslStream(network) : network;
            if (stream is SslStream secured) await secured.AuthenticateAsServerAsync(s_certificate.Value, false, false).WaitAsync(limit.Token);
            var request = new byte[4096];
            var asked = await stream.ReadAsync(request, limit.Token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), limit.Token);
            if (stream is SslStream ending) await ending.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);
            await process.WaitForExitAsync(limit.Token);
            return Microseconds().Replace($"{Encoding.Latin1.GetString(request, 0, asked)}\nexit {process.ExitCode}\n{await output}--\n{await errors}", "= N usecs");
        }
    }

    private static readonly Lazy<X509Certificate2> s_certificate = new(() =>
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    });

    [GeneratedRegex(@"= \d+ usecs")]
    private static partial Regex Microseconds();
}
