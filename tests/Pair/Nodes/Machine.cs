using System.Diagnostics;
using System.Globalization;
using Dropin.Tests.Support.Networks;

namespace Dropin.Pair.Nodes;

/// <summary>
/// A node: a tree of Debian with a layer of its own, booted by its own systemd as process 1 in its own network namespace, with eth0 on the
/// pair's switch. It can be powered on and off, rebooted, and lose its power.
/// </summary>
internal sealed class Machine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PairNetwork _network;
    private readonly string _folder;
    private readonly string _run;
    private Process? _container;
    private int _leader;

    /// <param name="network">Where its eth0 is plugged in.</param>
    /// <param name="name">Its name and that of its port.</param>
    /// <param name="address">Its address.</param>
    /// <param name="tree">The tree it shares with others, which is not written to.</param>
    /// <param name="folder">A folder for its own layer.</param>
    public Machine(PairNetwork network, string name, string address, string tree, string folder)
    {
        (_network, Name, Address, _folder, _run) = (network, name, address, folder, Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(folder))!));
        foreach (var part in (string[])["layer", "work", "root"]) Directory.CreateDirectory(Path.Combine(folder, part));
        if (Shell.Try("mount", ["-t", "overlay", "overlay", "-o", $"lowerdir={tree},upperdir={folder}/layer,workdir={folder}/work", Root]).Code != 0)
            Command("cp", "-a", tree + "/.", Root); // the file system cannot carry layers
        Write("/etc/hostname", name + "\n");
        Write("/etc/systemd/network/eth0.network", $"[Match]\nName=eth0\n[Network]\nAddress={address}/24\nLinkLocalAddressing=ipv6\nIPv6AcceptRA=no\n");
    }

    public string Name { get; }

    public string Address { get; }

    public bool IsOn => _container is not null;

    private string Root => Path.Combine(_folder, "root");

    /// <summary>Begins to boot.</summary>
    public void PowerOn()
    {
        if (IsOn) return;
        var groups = string.Join(' ', ControlGroups.Make(_run, Path.GetFileName(Path.GetDirectoryName(_folder)) + "-" + Name));
        var script = $"for f in {groups}; do echo $$ >$f; done; exec nsenter --net=/run/netns/{_network.Hub} systemd-nspawn --quiet --boot --register=no --keep-unit"
            + $" --directory={Root} --machine={Name} --network-veth-extra={Name}:eth0 --resolv-conf=off --timezone=off --link-journal=no --console=pipe"
            + $" </dev/null >>{_folder}/console 2>&1";
        _container = Process.Start("sh", ["-c", script]);
        Until("its eth0 can be plugged in", () => Shell.Try("ip", ["-n", _network.Hub, "link", "set", Name, "master", "switch", "up"]).Code == 0, TimeSpan.FromSeconds(20), 10);
    }

    /// <summary>Waits until everything that boots has been started, or has failed.</summary>
    /// <returns>What systemd says of itself: running, or degraded when a unit failed.</returns>
    public string AwaitBooted()
    {
        var state = "";
        Until("it has booted", () => (state = Run("systemctl is-system-running").Output.Trim()) is "running" or "degraded", Patience);
        return state;
    }

    /// <summary>A clean power-off, to its end.</summary>
    public void PowerOff()
    {
        if (!IsOn) return;
        Run("systemctl poweroff");
        AwaitOff();
    }

    /// <summary>A clean reboot; returns when it begins to boot again.</summary>
    public void Reboot()
    {
        Run("systemctl reboot");
        AwaitOff();
        PowerOn();
    }

    /// <summary>The plug is pulled: nothing of it sends one more packet.</summary>
    public void PullPlug()
    {
        if (!IsOn) return;
        Shell.Ip($"-n {_network.Hub} link set {Name} down");
        Process.GetProcessById(Leader()).Kill(); // process 1 of its namespace: the kernel ends all others with it
        AwaitOff();
    }

    /// <summary>Runs a command line in it, as root in root's home.</summary>
    public (int Code, string Output) Run(string command, int seconds = 60)
    {
        if (Leader() is 0 and var none) return (none - 1, "(it is off)");
        return Shell.Try("nsenter", ["-t", Leader().ToString(CultureInfo.InvariantCulture), "-a", "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME=/root", "LANG=C.UTF-8", "TERM=dumb", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", "cd /root && " + command], limit: TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public string Do(string command, int seconds = 60)
    {
        var (code, output) = Run(command, seconds);
        return code == 0 ? output : throw new InvalidOperationException($"{Name}: '{command}' ends with {code}: {output.Trim()}");
    }

    public void Write(string path, string text)
    {
        var file = Root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string Read(string path) => File.Exists(Root + path) ? File.ReadAllText(Root + path) : "";

    public void Copy(string file, string folder) => File.Copy(file, Path.Combine(Root + folder, Path.GetFileName(file)), overwrite: true);

    public void Remove(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(Root + folder, pattern)) File.Delete(file);
    }

    /// <summary>Whether it holds the pair's address.</summary>
    public bool HoldsVirtual => IsOn && Leader() is > 0 and var leader
        && Shell.Try("nsenter", ["-t", leader.ToString(CultureInfo.InvariantCulture), "-n", "ip", "-br", "addr", "show", "eth0"]).Output.Contains(PairNetwork.Virtual + "/", StringComparison.Ordinal);

    public bool IsActive(string unit) => IsOn && Run($"systemctl is-active {unit}").Output.Trim() == "active";

    public void Dispose()
    {
        if (_container is { HasExited: false })
        {
            if (Leader() is > 0 and var leader) Process.GetProcessById(leader).Kill();
            else _container.Kill();
            _container.WaitForExit(5000);
        }
        Shell.Try("umount", [Root]);
    }

    private void AwaitOff()
    {
        if (!_container!.WaitForExit(Patience)) throw new InvalidOperationException($"{Name} does not come to its end");
        _container.Dispose();
        (_container, _leader) = (null, 0);
    }

    // The child of systemd-nspawn that is number 1 in a namespace of processes.
    private int Leader()
    {
        if (_leader > 0 || _container is null || _container.HasExited) return _container is null ? 0 : _leader;
        var id = _container.Id.ToString(CultureInfo.InvariantCulture);
        var children = $"/proc/{id}/task/{id}/children";
        foreach (var child in (File.Exists(children) ? File.ReadAllText(children) : "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var status = $"/proc/{child}/status";
            if (!File.Exists(status) || !File.ReadLines(status).Any(line => line.StartsWith("NSpid:", StringComparison.Ordinal) && line.EndsWith("\t1", StringComparison.Ordinal))) continue;
            // It is systemd only after its last exec; before, its root is not its own yet.
            if (File.ReadAllText($"/proc/{child}/comm").Trim() == "systemd") return _leader = int.Parse(child, CultureInfo.InvariantCulture);
        }
        return 0;
    }

    private void Until(string what, Func<bool> isSo, TimeSpan limit, int eachMilliseconds = 100)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(eachMilliseconds))
            if (clock.Elapsed > limit || _container!.HasExited)
                throw new InvalidOperationException($"{Name}: not within {limit.TotalSeconds:0} s: {what}. Its console: {string.Join(" / ", File.ReadLines($"{_folder}/console").TakeLast(5))}");
    }

    private static void Command(string program, params string[] arguments)
    {
        var (code, output) = Shell.Try(program, arguments, limit: TimeSpan.FromMinutes(2));
        if (code != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output.Trim()}");
    }
}
