using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.EndToEnd.Processes;
using Dropin.Tests.Support;

namespace Dropin.EndToEnd.Faults;

/// <summary>One haproxy (the original or ours) that answers by itself, and clients that watch it while something is wrong around it.</summary>
internal sealed class FaultCase : IDisposable
{
    private readonly ProcessCase _case;
    private readonly List<Socket> _open = [];
    private HaproxyProcess? _process;

    public FaultCase(string who) => _case = new ProcessCase(who);

    /// <summary>The long variants, with the crowds of a bad day, run where <c>DROPIN_LONG=1</c> is set.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("DROPIN_LONG") == "1";

    public int Port => _case.Port;

    public string Errors => _process!.Errors;

    public string FileNamed(string name) => _case.FileNamed(name);

    /// <summary>Starts with these lines in global, and these behind a frontend <c>f</c> that answers <c>/self</c> by itself.</summary>
    /// <param name="global">Lines of the section global.</param>
    /// <param name="rest">Lines that go on in the frontend, and sections behind it.</param>
    /// <param name="shell">What a shell does before it becomes the process, e.g. a limit.</param>
    /// <param name="output">A redirection of its output.</param>
    public async Task StartAsync(string global, string rest = "", string shell = "", string output = "")
    {
        await File.WriteAllTextAsync(FileNamed("a.cfg"), $"""
            global
                stats socket {FileNamed("cli")} level admin
                nbthread 1
                {global}
            defaults
                mode http
                log global
                option httplog
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            frontend f
                bind 127.0.0.1:{Port}
                http-request return status 200 content-type text/plain string ok if {"{ path /self }"}
                {rest}

            """);
        _process = HaproxyProcess.Start("/bin/sh", _case.Folder, ["-c", $"{shell} exec \"$0\" -db -f a.cfg {output}", _case.Binary]);
        if (!await _process.WaitReadyAsync([Port], [FileNamed("cli")], ProcessCase.Limit))
            throw new InvalidOperationException($"{_case.Binary} does not listen: {_process.Errors}");
    }

    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000, NoDelay = true };
        lock (_open) _open.Add(socket);
        socket.Connect(IPAddress.Loopback, Port);
        return socket;
    }

    /// <summary>Asks on a connection that stays; the status, or what went wrong.</summary>
    public static string Ask(Socket socket, string path = "/self")
    {
        try
        {
            socket.Send(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
        return Read(socket);
    }

    /// <summary>Reads one answer; its status, or what went wrong.</summary>
    public static string Read(Socket socket)
    {
        try
        {
            var buffer = new byte[4096];
            var text = "";
            while (!IsWhole(text))
            {
                var count = socket.Receive(buffer);
                if (count == 0) return text + "(closed)";
                text += Encoding.Latin1.GetString(buffer, 0, count);
            }
            return text.Split(' ')[1];
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
    }

    public static string AskOnce(FaultCase test, string path = "/self")
    {
        using var socket = test.Connect();
        return Ask(socket, path);
    }

    /// <summary>A number of <c>show info</c>.</summary>
    public async Task<long> InfoAsync(string name) => long.Parse(
        (await _case.AskCliAsync("cli", "show info")).Split('\n').Single(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1],
        CultureInfo.InvariantCulture);

    public Task<string> CliAsync(string command) => _case.AskCliAsync("cli", command);

    /// <summary>CPU of the process so far.</summary>
    public TimeSpan Cpu()
    {
        using var process = Process.GetProcessById(_process!.Id);
        return process.TotalProcessorTime;
    }

    public int Descriptors() => Directory.GetFiles($"/proc/{_process!.Id}/fd").Length;

    /// <summary>The memory that is the process' own, kB.</summary>
    public long Memory() => long.Parse(
        File.ReadLines($"/proc/{_process!.Id}/status").Single(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    public bool IsAlive => !_process!.HasExited;

    public void Dispose()
    {
        foreach (var socket in _open) socket.Dispose();
        _process?.Dispose();
        _case.Dispose();
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var length = text.Split("\r\n").FirstOrDefault(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        return length is null || text.Length - end - 4 >= int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
