using System.Globalization;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>What a process is to its master.</summary>
public enum MemberKind
{
    /// <summary>The master itself.</summary>
    Master,

    /// <summary>Serves.</summary>
    Worker,

    /// <summary>A program of a <c>program</c> section.</summary>
    Program,
}

/// <summary>One process of a master's family, as <c>show proc</c> shows it.</summary>
public sealed class FamilyMember
{
    /// <summary>What it is.</summary>
    public required MemberKind Kind { get; init; }

    /// <summary>Its process number.</summary>
    public required int Pid { get; init; }

    /// <summary>The master's end of the socket pair to a worker's CLI; -1 without.</summary>
    public int Descriptor { get; set; } = -1;

    /// <summary>How many reloads it has seen.</summary>
    public int Reloads { get; set; }

    /// <summary>How many reloads have failed since the last good one.</summary>
    public int FailedReloads { get; set; }

    /// <summary>Second of its start, since 1970.</summary>
    public required long Started { get; init; }

    /// <summary>A program's name; "" for others.</summary>
    public string Name { get; init; } = "";

    /// <summary>A worker's version; null for others.</summary>
    public string? Version { get; init; }

    /// <summary>Whether it has been told to leave.</summary>
    public bool Leaving { get; set; }

    /// <summary>Whether it belongs to the configuration that is served now.</summary>
    public bool IsCurrent => !Leaving;

    /// <summary>As one entry of the variable that carries the family through a re-execution; the original's form.</summary>
    public string ToEntry() => string.Create(CultureInfo.InvariantCulture,
        $"type={Letter};fd={Descriptor};pid={Pid};reloads={Reloads};failedreloads={FailedReloads};timestamp={Started};id={Name};version={Version ?? "(null)"}");

    /// <summary>Reads an entry; null when it is none.</summary>
    public static FamilyMember? FromEntry(string entry)
    {
        var fields = new Dictionary<string, string>();
        foreach (var part in entry.Split(';'))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                fields[part[..at]] = part[(at + 1)..];
        if (!fields.TryGetValue("type", out var letter) || !fields.TryGetValue("pid", out var pid) || !int.TryParse(pid, out var number))
            return null;
        return new FamilyMember
        {
            Kind = letter switch { "m" => MemberKind.Master, "e" => MemberKind.Program, _ => MemberKind.Worker },
            Pid = number,
            Descriptor = (int)Number(fields, "fd", -1),
            Reloads = (int)Number(fields, "reloads", 0),
            FailedReloads = (int)Number(fields, "failedreloads", 0),
            Started = Number(fields, "timestamp", 0),
            Name = fields.GetValueOrDefault("id", ""),
            Version = fields.GetValueOrDefault("version") is { } version and not "(null)" ? version : null,
        };
    }

    private char Letter => Kind switch { MemberKind.Master => 'm', MemberKind.Program => 'e', _ => 'w' };

    private static long Number(Dictionary<string, string> fields, string name, long otherwise)
        => fields.TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
