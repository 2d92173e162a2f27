using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Everything read so far, section by section; names are still names.</summary>
public sealed partial class ConfigSyntax
{
    internal ConfigSyntax(EnvironmentTable environment, ISurroundings surroundings) => (Environment, Surroundings) = (environment, surroundings);

    /// <summary>The variables as they stand.</summary>
    public EnvironmentTable Environment { get; }

    /// <summary>The machine: users, groups, names, files.</summary>
    public ISurroundings Surroundings { get; }

    /// <summary>The <c>global</c> sections, which add up.</summary>
    public GlobalSyntax Global { get; } = new();

    /// <summary>Frontends, backends and listens in the order of the files.</summary>
    public List<ProxySyntax> Proxies { get; } = [];

    /// <summary>All <c>defaults</c> sections.</summary>
    public List<ProxySyntax> Defaults { get; } = [];

    /// <summary>The <c>defaults</c> section which the next proxy takes its settings from; null before the first.</summary>
    public ProxySyntax? CurrentDefaults { get; set; }

    /// <summary>The proxy section being read; null outside of one, and in one whose first line was wrong.</summary>
    public ProxySyntax? CurrentProxy { get; set; }

    /// <summary>Sections that only matter as names or in later parts, by kind and name.</summary>
    public Dictionary<(string Kind, string Name), SourceSpan> NamedSections { get; } = [];

    /// <summary>All <c>userlist</c> sections.</summary>
    public List<UserListSyntax> UserLists { get; } = [];

    /// <summary>All <c>http-errors</c> sections by name.</summary>
    public Dictionary<string, HttpErrorsSyntax> HttpErrors { get; } = new(StringComparer.Ordinal);

    /// <summary>Who uses lists of patterns, in the order of the files.</summary>
    public List<Dropin.Runtime.Ir.Expressions.PatternUse> PatternUses { get; } = [];

    /// <summary>All <c>ring</c> sections.</summary>
    public List<Dropin.Runtime.Ir.Logs.RingConfig> Rings { get; } = [];

    /// <summary>All <c>program</c> sections.</summary>
    public List<Dropin.Runtime.Ir.ProgramConfig> Programs { get; } = [];

    /// <summary>Finds the frontends (or the backends) of a name, which are unique each.</summary>
    public ProxySyntax? FindProxy(string name, Dropin.Runtime.Ir.Proxy.ProxyCapability capability)
    {
        _proxiesByName.TryGetValue(name, out var first);
        for (; first is not null; first = first.NextOfSameName)
        {
            if ((first.Capability & capability) == capability)
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>Adds a proxy section.</summary>
    public void Add(ProxySyntax proxy)
    {
        Proxies.Add(proxy);
        if (_proxiesByName.TryGetValue(proxy.Name, out var first))
        {
            while (first.NextOfSameName is not null)
            {
                first = first.NextOfSameName;
            }

            first.NextOfSameName = proxy;
        }
        else
        {
            _proxiesByName.Add(proxy.Name, proxy);
        }
    }

    private readonly Dictionary<string, ProxySyntax> _proxiesByName = new(StringComparer.Ordinal);
}
