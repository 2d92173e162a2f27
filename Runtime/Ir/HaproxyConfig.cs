using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Ir;

/// <summary>Everything that the files of one haproxy process ask for.</summary>
public sealed record HaproxyConfig
{
    /// <summary>Settings of the process.</summary>
    public required GlobalConfig Global { get; init; }

    /// <summary>All <c>frontend</c>, <c>backend</c> and <c>listen</c> sections, in the order of the files.</summary>
    public ValueList<ProxyConfig> Proxies { get; init; } = [];

    /// <summary>All <c>userlist</c> sections.</summary>
    public ValueList<UserListConfig> UserLists { get; init; } = [];

    /// <summary>All <c>ring</c> sections.</summary>
    public ValueList<RingConfig> Rings { get; init; } = [];

    /// <summary>Who uses lists of patterns, in the order of the files.</summary>
    public ValueList<Expressions.PatternUse> PatternUses { get; init; } = [];

    /// <summary>All <c>program</c> sections, which a master runs beside its workers.</summary>
    public ValueList<ProgramConfig> Programs { get; init; } = [];
}
