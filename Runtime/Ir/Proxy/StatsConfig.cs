using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>The statistics page (<c>stats …</c>).</summary>
public sealed record StatsConfig
{
    /// <summary>Where it is found. Default /haproxy?stats.</summary>
    public string Uri { get; init; } = "/haproxy?stats";

    /// <summary>The realm of its authentication; null means the default.</summary>
    public string? Realm { get; init; }

    /// <summary>Users and passwords; empty means everybody.</summary>
    public ValueList<StatsUser> Users { get; init; } = [];

    /// <summary>Seconds after which a browser loads it again; 0 never.</summary>
    public int RefreshSeconds { get; init; }

    /// <summary>Hides the version.</summary>
    public bool HideVersion { get; init; }

    /// <summary>Shows more in tool tips.</summary>
    public bool ShowLegends { get; init; }

    /// <summary>Shows modules.</summary>
    public bool ShowModules { get; init; }

    /// <summary>Shows the node's name; null not, "" the machine's.</summary>
    public string? ShowNode { get; init; }

    /// <summary>Shows a description; null not, "" the global one.</summary>
    public string? ShowDescription { get; init; }

    /// <summary>Proxies shown; empty means all. "." is this one.</summary>
    public ValueList<string> Scope { get; init; } = [];

    /// <summary>When the page may change things (<c>stats admin</c>).</summary>
    public ValueList<Condition> Admin { get; init; } = [];

    /// <summary>Rules of <c>stats http-request</c>.</summary>
    public ValueList<RuleConfig> HttpRequest { get; init; } = [];
}

/// <summary>A user of the statistics page.</summary>
public sealed record StatsUser(string Name, string Password);

/// <summary>A <c>userlist</c> section.</summary>
public sealed record UserListConfig(string Name, ValueList<UserConfig> Users, ValueList<GroupConfig> Groups);

/// <summary>A user with a password that is plain or a crypt(3) hash.</summary>
public sealed record UserConfig(string Name, string Password, bool Hashed, ValueList<string> Groups);

/// <summary>A group and its users.</summary>
public sealed record GroupConfig(string Name, ValueList<string> Users);
