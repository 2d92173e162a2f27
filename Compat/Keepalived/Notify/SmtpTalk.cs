using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dropin.Compat.Keepalived.Notify;

/// <summary>
/// One letter by SMTP (RFC 5321), as the original sends it: HELO, no extensions, no encryption. The socket is made by the caller's thread, whose
/// network namespace it is to use; the talk itself goes on beside the loop, as nobody waits for it.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="timeout">For connecting and for each answer.</param>
/// <param name="tell">Told how it goes; called on any thread.</param>
internal sealed class SmtpTalk(IPEndPoint server, TimeSpan timeout, Action<string> tell)
{
    private const int MostAnswer = 4096; // more than RFC 5321 4.5.3.1.5 allows; a server that says more is none
    private readonly byte[] _buffer = new byte[MostAnswer];
    private const int LongestCommand = 4;
    private int _length;
    private string _command = "";

    /// <summary>Sends a letter that ends with a line of one dot.</summary>
    internal async Task SendAsync(string helo, string from, IEnumerable<string> recipients, string letter)
    {
        var name = $"[{server.Address}]:{server.Port}";
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var isConnected = false;
        try
        {
            await WithinAsync(cancel => socket.ConnectAsync(server, cancel)).ConfigureAwait(false);
            isConnected = true;
            tell($"Remote SMTP server {name} connected.");
            _command = "(E)SMTP";
            await ExpectAsync(socket, '2').ConfigureAwait(false);
            await SayAsync(socket, $"HELO {helo}\r\n", '2').ConfigureAwait(false);
            await SayAsync(socket, $"MAIL FROM:<{from}>\r\n", '2').ConfigureAwait(false);
            foreach (var recipient in recipients)
                await SayAsync(socket, $"RCPT TO:<{recipient}>\r\n", '2').ConfigureAwait(false);
            await SayAsync(socket, "DATA\r\n", '3').ConfigureAwait(false);
            await SayAsync(socket, letter, '2').ConfigureAwait(false);
            tell("SMTP alert successfully sent.");
            await SayAsync(socket, "QUIT\r\n", '2').ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            tell(isConnected ? $"Timeout reading data to remote SMTP server {name}." : $"Timeout opening connection to remote SMTP server {name}.");
        }
        catch (RefusedException refused)
        {
            tell($"Error processing {_command} cmd on SMTP server {name}. SMTP status code = {refused.Status}");
        }
        catch (EndOfStreamException)
        {
            tell($"Remote SMTP server {name} has closed the connection.");
        }
        catch (SocketException wrong) when (wrong.SocketErrorCode == SocketError.ConnectionRefused)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"smtp fd {socket.Handle} returned write error"));
        }
        catch (Exception wrong) when (wrong is SocketException or InvalidDataException)
        {
            tell($"SMTP alert to {name} failed: {wrong.Message}");
        }
    }

    private async Task SayAsync(Socket socket, string text, char expected)
    {
        _command = text.Length > LongestCommand && text.StartsWith("Date:", StringComparison.Ordinal) ? "BODY" : text[..LongestCommand];
        await WithinAsync(async cancel => await socket.SendAsync(Encoding.UTF8.GetBytes(text), cancel).ConfigureAwait(false)).ConfigureAwait(false);
        await ExpectAsync(socket, expected).ConfigureAwait(false);
    }

    /// <summary>Reads an answer, of several lines too; the first digit of its code decides (RFC 5321 4.2).</summary>
    private async Task ExpectAsync(Socket socket, char expected)
    {
        const int codeLength = 3;
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', 0, _length);
            if (end < 0)
            {
                await FillAsync(socket).ConfigureAwait(false);
                continue;
            }
            var line = Encoding.UTF8.GetString(_buffer, 0, end).TrimEnd('\r');
            _buffer.AsSpan(end + 1, _length - end - 1).CopyTo(_buffer);
            _length -= end + 1;
            if (line.Length > codeLength && line[codeLength] == '-')
                continue;
            if (line.Length == 0 || line[0] != expected)
                throw new RefusedException(line.Length < codeLength ? line : line[..codeLength]);
            return;
        }
    }

    private async Task FillAsync(Socket socket)
    {
        if (_length == MostAnswer)
            throw new InvalidDataException("the server's answer has no end");
        var count = 0;
        await WithinAsync(async cancel => count = await socket.ReceiveAsync(_buffer.AsMemory(_length), cancel).ConfigureAwait(false)).ConfigureAwait(false);
        if (count == 0)
            throw new EndOfStreamException();
        _length += count;
    }

    /// <summary>The server does not want what it was told.</summary>
    private sealed class RefusedException(string status) : Exception
    {
        internal string Status => status;
    }

    private async Task WithinAsync(Func<CancellationToken, ValueTask> work)
    {
        using var limit = new CancellationTokenSource(timeout);
        await work(limit.Token).ConfigureAwait(false);
    }
}
