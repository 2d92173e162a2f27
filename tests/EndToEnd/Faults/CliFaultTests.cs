using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Faults;

/// <summary>Clients of the statistics socket that are many, never end, or send what is no text: others are served meanwhile and afterwards, and nothing is kept for them.</summary>
public sealed class CliFaultTests
{
    [SkippableTheory]
    [InlineData("original")]
    [InlineData("ours")]
    public async Task A_crowd_at_the_statistics_socket_is_served(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("stats maxconn 300\n    stats timeout 20s");
        var crowd = Enumerable.Range(0, 200).Select(_ => Connect(test)).ToList();
        foreach (var socket in crowd) socket.Send("show cli "u8);
        FaultCase.AskOnce(test).Should().Be("200");
        foreach (var socket in crowd) socket.Send("level\n"u8);
        crowd.Select(ReadAll).Should().OnlyContain(answer => answer == "admin\n\n");
        foreach (var socket in crowd) socket.Dispose();
    }

    [SkippableTheory]
    [InlineData("original")]
    [InlineData("ours")]
    public async Task What_never_ends_is_cut_off_and_costs_nothing(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("stats timeout 20s");
        FaultCase.AskOnce(test).Should().Be("200");
        var before = test.Memory();
        var line = Encoding.Latin1.GetBytes(new string('x', 999) + "\n");
        for (var round = 0; round < 20; round++)
        {
            using var socket = Connect(test);
            Send(socket, "add map #0 <<\n"u8.ToArray(), 1);
            Send(socket, line, 1000).Should().BeFalse("nobody reads a payload of a megabyte");
        }
        (test.Memory() - before).Should().BeLessThan(8 * 1024, "kilobytes");
        FaultCase.AskOnce(test).Should().Be("200");
        (await test.CliAsync("show cli level")).Trim().Should().Be("admin");
    }

    [SkippableTheory]
    [InlineData("original")]
    [InlineData("ours")]
    public async Task Bytes_that_are_no_text_are_answered_as_no_command(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("");
        var bytes = new byte[3000];
        new Random(7).NextBytes(bytes);
        using (var socket = Connect(test))
        {
            Send(socket, bytes, 1);
            Send(socket, "\n"u8.ToArray(), 1);
            ReadAll(socket).Should().Contain("Unknown command");
        }
        (await test.CliAsync("show cli level")).Trim().Should().Be("admin");
    }

    [SkippableFact]
    public async Task A_line_without_an_end_is_cut_off()
    {
        // The original keeps such a connection open and silent for as long as the client does; ours ends it.
        using var test = new FaultCase("ours");
        await test.StartAsync("stats timeout 20s");
        using var socket = Connect(test);
        Send(socket, Encoding.Latin1.GetBytes(new string('x', 1000)), 1000).Should().BeFalse();
        (await test.CliAsync("show cli level")).Trim().Should().Be("admin");
    }

    private static Socket Connect(FaultCase test)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        socket.Connect(new UnixDomainSocketEndPoint(test.FileNamed("cli")));
        return socket;
    }

    /// <summary>Sends the same bytes again and again; false where the peer took them no more.</summary>
    private static bool Send(Socket socket, byte[] bytes, int times)
    {
        try
        {
            for (var i = 0; i < times; i++) socket.Send(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string ReadAll(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            for (int count; (count = socket.Receive(buffer)) > 0;) text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException e)
        {
            text.Append(e.SocketErrorCode);
        }
        return text.ToString();
    }
}
