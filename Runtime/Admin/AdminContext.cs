using System.Globalization;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>What queries and orders work on: the engine, its listeners, and facts of the process' start.</summary>
public sealed class AdminContext
{
    /// <summary>Makes the context of a running engine.</summary>
    public AdminContext(ProxyEngine engine, EngineListeners listeners)
    {
        Engine = engine;
        Listeners = listeners;
        var loop = engine.Threads[0].Loop;
        StartWallMicroseconds = loop.WallMicroseconds;
        StartMicroseconds = loop.NowMicroseconds;
        Load = new LoadSampler(engine);
    }

    /// <summary>The engine.</summary>
    public ProxyEngine Engine { get; }

    /// <summary>Its listeners.</summary>
    public EngineListeners Listeners { get; }

    /// <summary>When the process began to serve, microseconds since 1970.</summary>
    public long StartWallMicroseconds { get; }

    /// <summary>The same moment on the monotonic clock.</summary>
    public long StartMicroseconds { get; }

    /// <summary>The descriptor limit in force (<c>Ulimit-n</c>).</summary>
    public int DescriptorLimit { get; init; }

    /// <summary>Descriptors needed for the connections allowed (<c>Maxsock</c>).</summary>
    public int MaxSockets { get; init; }

    /// <summary>The name of this node (<c>node</c>, or the machine's).</summary>
    public string Node => Engine.Global.Node ?? Environment.MachineName;

    /// <summary>Rates of the last second.</summary>
    public LoadSampler Load { get; }

    /// <summary>Listeners beside those of the proxies: the statistics sockets.</summary>
    public int CliListeners { get; init; }

    /// <summary>The proxy of that name, or of that number where the name begins with '#' or is a number, that has the wanted side; null none.</summary>
    public ProxyState? Find(string name, ProxyCapability side)
    {
        var number = name.Length > 0 && name[0] == '#' ? name.AsSpan(1) : name;
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        ProxyState? byNumber = null;
        foreach (var proxy in Engine.Proxies)
        {
            if ((proxy.Config.Capability & side) == 0)
            {
                continue;
            }

            if (proxy.Name == name)
            {
                return proxy;
            }

            if (isNumber && proxy.Config.Id == id)
            {
                byNumber = proxy;
            }
        }

        return byNumber;
    }

    /// <summary>The backend of that name or number; null none.</summary>
    public BackendState? FindBackend(string name) => Find(name, ProxyCapability.Backend)?.Backend;
}
