using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Rules.Patterns;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>What compiling rules needs to know of the rest of the process.</summary>
public sealed class RuleEnvironment
{
    /// <summary>Makes an environment.</summary>
    /// <param name="proxies">All sections.</param>
    /// <param name="userLists">All user lists.</param>
    /// <param name="variables">Numbers of variables, one table for the process.</param>
    /// <param name="patterns">The lists of patterns and maps.</param>
    /// <param name="hostName">The node's name.</param>
    /// <param name="threads">How many threads the process has.</param>
    public RuleEnvironment(
        IReadOnlyList<ProxyState> proxies,
        IReadOnlyList<UserListConfig> userLists,
        VariableTable variables,
        PatternLists patterns,
        string hostName,
        int threads)
    {
        Patterns = patterns;
        Proxies = proxies;
        Variables = variables;
        HostName = System.Text.Encoding.UTF8.GetBytes(hostName);
        Threads = threads;
        foreach (var list in userLists)
        {
            UserLists[list.Name] = new UserList(list);
        }
    }

    /// <summary>All sections.</summary>
    public IReadOnlyList<ProxyState> Proxies { get; }

    /// <summary>All user lists by name.</summary>
    public Dictionary<string, UserList> UserLists { get; } = new(StringComparer.Ordinal);

    /// <summary>The lists of patterns and maps.</summary>
    public PatternLists Patterns { get; }

    /// <summary>Numbers of variables.</summary>
    public VariableTable Variables { get; }

    /// <summary>The node's name.</summary>
    public byte[] HostName { get; }

    /// <summary>How many threads the process has.</summary>
    public int Threads { get; }

    /// <summary>The section whose rules are being compiled.</summary>
    public ProxyState? Own { get; set; }

    /// <summary>A section with servers; "" is the section itself.</summary>
    public ProxyState? Backend(string name)
    {
        if (name.Length == 0)
        {
            return Own;
        }

        foreach (var proxy in Proxies)
        {
            if (proxy.Name == name && proxy.Backend is not null)
            {
                return proxy;
            }
        }

        return null;
    }

    /// <summary>A section with listeners; "" is the section itself.</summary>
    public ProxyState? FrontendOf(string name)
    {
        if (name.Length == 0)
        {
            return Own;
        }

        foreach (var proxy in Proxies)
        {
            if (proxy.Name == name && proxy.Frontend is not null)
            {
                return proxy;
            }
        }

        return null;
    }

    /// <summary>A server that a rule or a sample fetch names; it stays as long as the process.</summary>
    public ServerState? Server(string backend, string name)
    {
        foreach (var server in Backend(backend)?.Backend?.Servers ?? [])
        {
            if (server.Name == name)
            {
                server.IsNamed = true;
                return server;
            }
        }

        return null;
    }
}
