using System.Diagnostics.CodeAnalysis;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>What a look-up outside of traffic needs of a subject: the variables of the process, and room for casts.</summary>
internal class NoTraffic : RuleSubject
{
    private static readonly SocketAddress128 s_none;

    [SetsRequiredMembers]
    internal NoTraffic(ProxyEngine engine)
        : this(engine.Variables)
    {
        Frontend = BackendProxy = engine.Proxies.Length > 0 ? engine.Proxies[0] : null!;
        Log = new LogRecord();
    }

    /// <summary>For a subject that has more to show; it names its sections and its log record itself.</summary>
    protected NoTraffic(ProcessVariables variables)
        : base(new ScratchArena(), variables)
    {
    }

    public override long NowMicroseconds => MonotonicClock.Microseconds;

    public override long NowMilliseconds => NowMicroseconds / 1000;

    public override long WallMicroseconds => MonotonicClock.WallMicroseconds;

    public override ref readonly SocketAddress128 ClientAddress => ref s_none;

    public override ref readonly SocketAddress128 LocalAddress => ref s_none;
}
