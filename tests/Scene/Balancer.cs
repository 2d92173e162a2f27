using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene;

/// <summary>
/// haproxy as the document starts it (a daemon with chroot, user and pid file, its own paths) in the load balancer's namespace. A
/// private mount namespace puts our /etc/haproxy, /var/lib/haproxy and /run in place; the machine's own stay as they are.
/// </summary>
internal sealed class Balancer : IDisposable
{
    // In the environment of everything started here, so that nothing outlives the scene.
    private const string Marker = "DROPIN_SCENE";

    private readonly string _folder = Directory.CreateTempSubdirectory("scene-").FullName;
    private readonly Node _node;
    private readonly string _binary;

    public Balancer(Node node, string binary)
    {
        (_node, _binary) = (node, binary);
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ED);
        foreach (var folder in new[] { "etc/errors", "var", "run/haproxy" }) Directory.CreateDirectory(Path.Combine(_folder, folder));
        File.Copy(Repository.PathOf("fixtures/haproxy/document/haproxy.cfg"), Path.Combine(_folder, "etc/haproxy.cfg"));
        foreach (var (code, phrase) in new[] { (400, "Bad request"), (403, "Forbidden"), (408, "Request Time-out"), (500, "Internal Server Error"),
                     (502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Time-out") })
            File.WriteAllText(Path.Combine(_folder, $"etc/errors/{code}.http"),
                $"HTTP/1.0 {code} {phrase}\r\nCache-Control: no-cache\r\nContent-Type: text/html\r\nX-Errorfile: {code}\r\n\r\n<html>error file {code}</html>\n");
    }

    public int? Pid => File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private string PidFile => Path.Combine(_folder, "run/haproxy.pid");

    /// <summary>Runs the executable in its place; what it printed, and its exit code.</summary>
    public string Run(params string[] arguments)
    {
        const string Place = "mount --bind \"$0/etc\" /etc/haproxy && mount --bind \"$0/var\" /var/lib/haproxy && mount --bind \"$0/run\" /run && cd / && exec \"$@\"";
        var (code, output) = Shell.Try("ip", ["netns", "exec", _node.Namespace, "unshare", "-m", "sh", "-c", Place, _folder, _binary, .. arguments], (Marker, _folder));
        return $"{output}exit code {code}\n";
    }

    public string Start() => Run("-f", "/etc/haproxy/haproxy.cfg", "-p", "/run/haproxy.pid");

    public string Command(string line)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(_folder, "run/haproxy/admin.sock")));
            socket.Send(Encoding.Latin1.GetBytes(line + "\n"));
            return new StreamReader(new NetworkStream(socket), Encoding.Latin1).ReadToEnd();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return $"(no answer to {line})\n";
        }
    }

    /// <summary>What the system shows of the daemon and its files: whom it runs as, what it may, where it stands, what it holds open.</summary>
    public string Appearance()
    {
        if (Pid is not { } pid) return "no process\n";
        var proc = $"/proc/{pid}";
        var text = new StringBuilder();
        foreach (var name in new[] { "0", "1", "2" }) text.Append(CultureInfo.InvariantCulture, $"descriptor {name}: {new FileInfo($"{proc}/fd/{name}").LinkTarget}\n");
        text.Append(CultureInfo.InvariantCulture, $"cwd {new FileInfo($"{proc}/cwd").LinkTarget}, root {new FileInfo($"{proc}/root").LinkTarget}\n");
        foreach (var line in File.ReadLines($"{proc}/status").Where(l => Shown.Any(s => l.StartsWith(s + ":", StringComparison.Ordinal)))) text.Append(line.Replace('\t', ' ').TrimEnd()).Append('\n');
        foreach (var line in File.ReadLines($"{proc}/limits").Where(l => l.StartsWith("Max open files", StringComparison.Ordinal) || l.StartsWith("Max core", StringComparison.Ordinal)))
            text.AppendJoin(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append('\n');
        // State, parent, group, session, terminal (proc(5)); its own number reads SELF.
        text.Append("process ").AppendJoin(' ', File.ReadAllText($"{proc}/stat").Split(") ")[1].Split(' ')[1..5].Select(n => n == pid.ToString(CultureInfo.InvariantCulture) ? "SELF" : n)).Append('\n');
        foreach (var file in new[] { "haproxy.pid", "haproxy/admin.sock" })
            text.Append(Shell.Try("stat", ["-c", $"{file}: %A %U %G", Path.Combine(_folder, "run", file)]).Output);
        text.Append(CultureInfo.InvariantCulture, $"pid file: {File.ReadAllText(PidFile).Replace(pid.ToString(CultureInfo.InvariantCulture), "PID", StringComparison.Ordinal)}");
        return text.ToString();
    }

    private static readonly string[] Shown = ["Name", "Umask", "PPid", "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs", "Seccomp"];

    public void Signal(string name)
    {
        if (Pid is { } pid) Shell.Try("kill", [$"-{name}", pid.ToString(CultureInfo.InvariantCulture)]);
    }

    public bool WaitGone(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (Pid is { } pid && Directory.Exists($"/proc/{pid}"))
        {
            if (clock.Elapsed > limit) return false;
            Thread.Sleep(20);
        }
        return true;
    }

    public void Dispose()
    {
        Leftovers.End(Marker, _folder);
        WaitGone(TimeSpan.FromSeconds(2));
        Directory.Delete(_folder, recursive: true);
    }
}
