using Dropin.Pair.Nodes;
using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>One node of a pair with what the operator installed and wrote there.</summary>
internal sealed class Side(Machine machine, Surroundings surroundings, bool isMaster)
{
    private const string Keepalived = "/etc/keepalived/keepalived.conf", Haproxy = "/etc/haproxy/haproxy.cfg";

    public Machine Machine => machine;

    /// <summary>By its file, not by what it is at the moment.</summary>
    public bool IsMaster => isMaster;

    /// <summary>Whose programs are installed; null for none yet.</summary>
    public Maker? Maker { get; private set; }

    /// <summary>The commands of the README that put ours on a node of this role.</summary>
    public IReadOnlyList<string> Replacing => surroundings.Commands[IsMaster ? OperatorsCommands.Master : OperatorsCommands.Backup];

    /// <summary>The commands of the README for the way back.</summary>
    public IReadOnlyList<string> GoingBack => surroundings.Commands[IsMaster ? OperatorsCommands.WayBackMaster : OperatorsCommands.WayBackBackup];

    /// <summary>Puts our packages into the home of root, and nothing else that looks like them.</summary>
    public void Lay(IReadOnlyList<string> packages)
    {
        machine.Remove("/root", "dropin-*.deb");
        foreach (var package in packages) machine.Copy(package, "/root");
    }

    /// <summary>Installs somebody's programs, by whatever way; no step measures this.</summary>
    public void Install(Maker maker)
    {
        if (Maker == maker) return;
        if (maker == Play.Maker.Ours) Lay(surroundings.Packages.Files);
        machine.Do(maker == Play.Maker.Ours ? surroundings.Commands[OperatorsCommands.Backup][0] : surroundings.Commands[OperatorsCommands.WayBackBackup][0]);
        Maker = maker;
    }

    /// <summary>Says that a step has installed somebody's programs.</summary>
    public void IsNow(Maker maker) => Maker = maker;

    /// <summary>Puts the document's files in place; true when something changed.</summary>
    public bool Configure(string haproxy, string keepalived)
    {
        if (machine.Read(Haproxy) == haproxy && machine.Read(Keepalived) == keepalived) return false;
        WriteHaproxy(haproxy);
        WriteKeepalived(keepalived);
        return true;
    }

    public void WriteHaproxy(string text) => machine.Write(Haproxy, text);

    public void WriteKeepalived(string text) => machine.Write(Keepalived, text);

    public string HaproxyFile => machine.Read(Haproxy);

    public string KeepalivedFile => machine.Read(Keepalived);

    /// <summary>Whether a unit's process runs the executable that is installed, not one that was replaced under it.</summary>
    public bool RunsWhatIsInstalled(string unit) =>
        machine.Run($"readlink /proc/$(systemctl show -P MainPID {unit})/exe").Output.Trim() == $"/usr/sbin/{unit}";
}
