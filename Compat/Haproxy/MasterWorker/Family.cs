using System.Globalization;
using System.Text;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>A master and its children, across re-executions.</summary>
public sealed class Family
{
    /// <summary>The variable that carries the family; the original's name and form, so that either can follow the other at a reload.</summary>
    public const string Variable = "HAPROXY_PROCESSES";

    private readonly List<FamilyMember> _members = [];

    private Family(FamilyMember master) => Master = master;

    /// <summary>The master.</summary>
    public FamilyMember Master { get; }

    /// <summary>The children: those of this configuration first, in the order of their start, then those who leave.</summary>
    public IReadOnlyList<FamilyMember> Children => _members;

    /// <summary>The worker that serves now; null while there is none.</summary>
    public FamilyMember? CurrentWorker => _members.Find(member => member is { Kind: MemberKind.Worker, Leaving: false });

    /// <summary>A family of a master alone.</summary>
    public static Family Found(int masterPid, long now) => new(new FamilyMember { Kind = MemberKind.Master, Pid = masterPid, Started = now });

    /// <summary>The family that the variable describes; a new one when it describes none.</summary>
    public static Family FromEnvironment(string? text, int masterPid, long now)
    {
        var members = (text ?? "").Split('|').Select(FamilyMember.FromEntry).OfType<FamilyMember>().ToList();
        var family = new Family(members.Find(member => member.Kind == MemberKind.Master)
            ?? new FamilyMember { Kind = MemberKind.Master, Pid = masterPid, Started = now });
        family._members.AddRange(members.Where(member => member.Kind != MemberKind.Master));
        return family;
    }

    /// <summary>The family as the variable's value.</summary>
    public string ToEnvironment() => string.Concat(_members.Append(Master).Select(member => "|" + member.ToEntry()));

    /// <summary>Adds a child that was just started.</summary>
    public void Add(FamilyMember child) => _members.Insert(_members.TakeWhile(member => member.IsCurrent).Count(), child);

    /// <summary>Removes the child of that number; null when it is none of ours.</summary>
    public FamilyMember? Remove(int pid)
    {
        var child = Find(pid);
        if (child != null)
            _members.Remove(child);
        return child;
    }

    /// <summary>The child of that number.</summary>
    public FamilyMember? Find(int pid) => _members.Find(member => member.Pid == pid);

    /// <summary>Another reload begins: all have seen one more.</summary>
    public void CountReload()
    {
        foreach (var member in _members.Append(Master))
            member.Reloads++;
    }

    /// <summary>The reload has failed.</summary>
    public void CountFailedReload()
    {
        foreach (var member in _members.Append(Master))
            member.FailedReloads++;
    }

    /// <summary>The answer to <c>show proc</c>.</summary>
    public string Show(long now)
    {
        var text = new StringBuilder();
        text.Append("#<PID>          <type>          <reloads>       <uptime>        <version>      \n");
        Row(text, Master, "master", $"{Master.Reloads} [failed: {Master.FailedReloads}]", now, ProductVersion.Text);
        Rows(text, "# workers\n", MemberKind.Worker, leaving: false, now);
        if (_members.Exists(member => member is { Kind: MemberKind.Worker, Leaving: true }))
            Rows(text, "# old workers\n", MemberKind.Worker, leaving: true, now);
        Rows(text, "# programs\n", MemberKind.Program, leaving: false, now);
        if (_members.Exists(member => member is { Kind: MemberKind.Program, Leaving: true }))
            Rows(text, "# old programs\n", MemberKind.Program, leaving: true, now);
        return text.ToString();
    }

    private void Rows(StringBuilder text, string title, MemberKind kind, bool leaving, long now)
    {
        text.Append(title);
        foreach (var member in _members)
            if (member.Kind == kind && member.Leaving == leaving)
                Row(text, member, kind == MemberKind.Worker ? "worker" : member.Name, member.Reloads.ToString(CultureInfo.InvariantCulture), now, member.Version ?? "-");
    }

    private static void Row(StringBuilder text, FamilyMember member, string type, string reloads, long now, string version)
    {
        var up = TimeSpan.FromSeconds(Math.Max(now - member.Started, 0));
        var uptime = string.Create(CultureInfo.InvariantCulture, $"{(int)up.TotalDays}d{up.Hours:00}h{up.Minutes:00}m{up.Seconds:00}s");
        text.Append(CultureInfo.InvariantCulture, $"{member.Pid,-15} {type,-15} {reloads,-15} {uptime,-15} {version,-15}\n");
    }
}
