using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy;

/// <summary>The running load balancer: proxies, threads and what they share.</summary>
public sealed class ProxyEngine
{
    /// <summary>Makes an engine; Apply fills it.</summary>
    public ProxyEngine(GlobalConfig global, ProxyState[] proxies, int threads)
    {
        Global = global;
        Proxies = proxies;
        var index = 0;
        foreach (var proxy in proxies)
        {
            foreach (var server in proxy.Backend?.Servers ?? [])
            {
                server.SerialNumber = index++;
            }
        }

        _serialNumbers = index;
        Threads = new ProxyThread[threads];
        for (var i = 0; i < threads; i++)
        {
            Threads[i] = new ProxyThread(this, new Loop(i, global.Tune.BufferSize, global.Tune.MaxPollEvents));
        }
    }

    /// <summary>The process' settings.</summary>
    public GlobalConfig Global { get; }

    /// <summary>Shows the traffic (debug mode); null as a rule. Set before the engine runs.</summary>
    public Streams.TrafficTrace? Trace { get; set; }

    /// <summary>All proxies in the order of the file.</summary>
    public ProxyState[] Proxies { get; }

    /// <summary>All threads.</summary>
    public ProxyThread[] Threads { get; }

    /// <summary>The variables of the process.</summary>
    public Rules.Variables.ProcessVariables Variables { get; } = new();

    /// <summary>What rules were compiled with: variables, lists of patterns; set by Apply.</summary>
    public Rules.RuleEnvironment Environment { get; internal set; } = null!;

    private int _serialNumbers;

    /// <summary>A number for a server that is added at run time.</summary>
    internal int TakeSerialNumber() => Interlocked.Increment(ref _serialNumbers);

    /// <summary>Spellings of header names for peers that insist on them (<c>h1-case-adjust</c>); null none.</summary>
    public CaseAdjustMap? HeaderCases { get; internal set; }

    /// <summary>Limits, totals and rates.</summary>
    public ProcessState Process { get; } = new();

    /// <summary>The network namespaces of servers.</summary>
    public Sys.Sockets.HeldNamespace.Collection Namespaces { get; } = new();

    /// <summary>What all log lines share; set by Apply.</summary>
    public LogDelivery Logs { get; internal set; } = null!;

    /// <summary>Through which servers change.</summary>
    public ServerTransitions Transitions { get; internal set; } = null!;

    /// <summary>Draws the consequences of checks.</summary>
    public HealthJudge Judge { get; internal set; } = null!;

    /// <summary>Watches traffic where a server asks for it (<c>observe</c>).</summary>
    public TrafficObserver Observer { get; internal set; } = null!;

    /// <summary>Says what happens to servers and proxies.</summary>
    public EngineEvents Events { get; internal set; } = null!;

    /// <summary>The proxy of that name that has the wanted side; null none.</summary>
    public ProxyState? Find(string name, ProxyCapability side)
    {
        foreach (var proxy in Proxies)
        {
            if ((proxy.Config.Capability & side) != 0 && proxy.Name == name)
            {
                return proxy;
            }
        }

        return null;
    }

    /// <summary>Runs all threads; returns when <see cref="Stop"/> was called and they have ended.</summary>
    public void Run()
    {
        var others = new Thread[Threads.Length - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var thread = Threads[i + 1];
            others[i] = new Thread(thread.Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "loop " + (i + 2) };
            others[i].Start();
        }

        foreach (var thread in Threads)
        {
            thread.Loop.Post(thread.StartUpkeep);
        }

        Threads[0].Run();
        foreach (var other in others)
        {
            other.Join();
        }
    }

    /// <summary>Ends <see cref="Run"/>; may be called from any thread.</summary>
    public void Stop()
    {
        foreach (var thread in Threads)
        {
            thread.Loop.Stop();
        }
    }
}
