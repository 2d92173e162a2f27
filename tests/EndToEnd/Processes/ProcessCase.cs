using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using Xunit;

namespace Dropin.EndToEnd.Processes;

/// <summary>One process story with either binary: a folder, a port, a configuration, and what was said.</summary>
internal sealed partial class ProcessCase : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TempDirectory _folder = new();
    private readonly List<int> _pids = [];

    public ProcessCase(string who)
    {
        Binary = who == "original" ? Oracle.Path : Subject.Path ?? "";
        var missing = who == "original" ? Oracle.WhyNot : Subject.WhyNot;
        Skip.If(missing != null, missing);
        Configure("");
    }

    /// <summary>What the port answers: nobody stands behind it, which is an answer as good as any.</summary>
    public const string Answer = "HTTP/1.1 503 Service Unavailable";

    public static TheoryData<string> Both => ["original", "ours"];

    public string Binary { get; }

    public string Folder => _folder.Path;

    public int Port { get; } = Ports.Reserve();

    public string FileNamed(string name) => _folder.FileNamed(name);

    /// <summary>Writes the configuration: one listener, and these lines in <c>global</c>.</summary>
    public void Configure(string global, string rest = "") => File.WriteAllText(FileNamed("a.cfg"), $"""
        global
            maxconn 100
            nbthread 1
            {global}
        defaults
            mode http
            timeout connect 5s
            timeout client 5s
            timeout server 5s
        listen web
            bind 127.0.0.1:{Port}
        {rest}

        """);

    /// <summary>Starts in the foreground and waits until the port listens.</summary>
    public async Task<HaproxyProcess> StartAsync(string[] words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = HaproxyProcess.Start(Binary, Folder, words, environment);
        if (!await process.WaitReadyAsync([Port], [], Limit))
            throw new InvalidOperationException($"{Binary} does not listen: {process.Errors}");
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public Task<ProcessEnd> RunAsync(params string[] words) => HaproxyProcess.RunAsync(Binary, Folder, words, Limit);

    /// <summary>Waits until the text has come.</summary>
    public static Task<bool> WaitForAsync(Func<bool> condition) => WaitForAsync(() => Task.FromResult(condition()));

    /// <summary>The same for what has to be asked for.</summary>
    public static async Task<bool> WaitForAsync(Func<Task<bool>> condition)
    {
        var until = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (Environment.TickCount64 < until)
        {
            if (await condition())
                return true;
            await Task.Delay(5);
        }
        return false;
    }

    /// <summary>The number in the process number file, for signalling and for the end of the test.</summary>
    public async Task<int> ReadPidAsync(string name)
    {
        var pid = int.Parse((await File.ReadAllTextAsync(FileNamed(name))).Trim());
        _pids.Add(pid);
        return pid;
    }

    public static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal by its number.</summary>
    public static void Send(int pid, int signal)
    {
        // The shell's own kill: the tests of the engine should not lean on the engine.
        using var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -{signal} {pid}"]);
        kill.WaitForExit();
    }

    /// <summary>Numbers of the running children of a process.</summary>
    public static int[] ChildrenOf(int pid) => Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
        .Select(name => int.Parse(name!)).Where(child => ParentOf(child) == pid && IsAlive(child)).ToArray();

    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    /// <summary>Asks the port once; the status line, or what went wrong.</summary>
    public async Task<string> AskAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port).WaitAsync(Limit);
            var stream = client.GetStream();
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic b25lOnR3bw==\r\nConnection: close\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync().WaitAsync(Limit) ?? "(closed)";
        }
        catch (Exception wrong) when (wrong is SocketException or IOException or TimeoutException)
        {
            return wrong.Message;
        }
    }

    /// <summary>Asks a master's CLI, which closes when its client has said all.</summary>
    public async Task<string> AskCliAsync(string socket, string command)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(FileNamed(socket))).WaitAsync(Limit);
            using var reader = new StreamReader(new NetworkStream(client));
            await client.SendAsync(System.Text.Encoding.UTF8.GetBytes(command + "\n"));
            client.Shutdown(SocketShutdown.Send);
            return await reader.ReadToEndAsync().WaitAsync(Limit);
        }
        catch (Exception wrong) when (wrong is SocketException or IOException or TimeoutException)
        {
            return wrong.Message;
        }
    }

    /// <summary>What was said, without numbers, versions and paths that differ from run to run.</summary>
    public string Normal(string text)
    {
        text = Version().Replace(text, "VERSION");
        text = text.Replace(Binary, "haproxy", StringComparison.Ordinal).Replace(Folder, "FOLDER", StringComparison.Ordinal);
        text = text.Replace(Port.ToString(), "PORT", StringComparison.Ordinal);
        return Pid().Replace(text, "PID");
    }

    public void Dispose()
    {
        foreach (var pid in _pids.Where(IsAlive))
            Send(pid, 9);
        Ports.Release(Port);
        _folder.Dispose();
    }

    [GeneratedRegex(@"2\.6\.12[-+\w.]*")]
    private static partial Regex Version();

    [GeneratedRegex(@"(?<=[(=\s])\d{2,7}(?=[)\s]|$)", RegexOptions.Multiline)]
    private static partial Regex Pid();
}
