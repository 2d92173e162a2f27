using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy;

/// <summary>Raises the weight of one server step by step after it came up (<c>slowstart</c>).</summary>
internal sealed class SlowStartTask : LoopTask
{
    private readonly ProxyEngine _engine;
    private readonly ServerState _server;

    private SlowStartTask(ProxyEngine engine, ServerState server)
    {
        _engine = engine;
        _server = server;
    }

    internal static void Begin(ProxyEngine engine, Loop loop, ServerState server, int milliseconds)
    {
        var task = new SlowStartTask(engine, server);
        loop.SetDeadline(task, loop.NowMilliseconds + milliseconds);
    }

    protected internal override void Run(Loop loop)
    {
        var next = _engine.Transitions.AdvanceSlowStart(_server, loop.WallMicroseconds);
        loop.SetDeadline(this, next > 0 ? loop.NowMilliseconds + next : Never);
    }
}
