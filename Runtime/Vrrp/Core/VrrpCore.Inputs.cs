using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>The events that come in.</summary>
public sealed partial class VrrpCore
{
    private readonly List<InstanceState> _instances = [];
    private readonly List<GroupState> _groups = [];
    private readonly List<ScriptState> _scripts = [];
    private readonly List<FileState> _files = [];
    private readonly List<ProcessState> _processes = [];
    private readonly List<InterfaceState> _interfaces = [];
    private readonly List<AdvertChannel> _channels = [];

    /// <summary>Begins: each instance goes to its first state.</summary>
    public void Start(long now) => throw new NotImplementedException();

    /// <summary>A datagram came by a socket.</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">Which socket.</param>
    /// <param name="envelope">What the kernel told beside it (IPv6).</param>
    /// <param name="datagram">IPv4: from the IP header on, as raw sockets give it. IPv6: the VRRP message.</param>
    public void Receive(long now, AdvertChannel channel, in AdvertEnvelope envelope, ReadOnlySpan<byte> datagram) => throw new NotImplementedException();

    /// <summary>Time has come: timers that ended are served.</summary>
    public void Tick(long now) => throw new NotImplementedException();

    /// <summary>An interface appeared, went, changed its flags or its addresses.</summary>
    public void InterfaceChanged(long now, InterfaceFacts facts) => throw new NotImplementedException();

    /// <summary>A tracked script has run.</summary>
    /// <param name="now">The time.</param>
    /// <param name="script">Its name.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="status">Exit code, or the signal that ended it.</param>
    public void ScriptFinished(long now, string script, ScriptOutcome outcome, int status) => throw new NotImplementedException();

    /// <summary>A tracked file was read.</summary>
    /// <param name="now">The time.</param>
    /// <param name="file">Its name.</param>
    /// <param name="number">The number in it; 0 where it is missing or empty.</param>
    public void FileRead(long now, string file, int number) => throw new NotImplementedException();

    /// <summary>Tracked processes were counted.</summary>
    public void ProcessCounted(long now, string process, int count) => throw new NotImplementedException();

    /// <summary>Somebody took a virtual address out of the kernel (not told of those that we remove).</summary>
    public void AddressLost(long now, InstanceState instance, AddressConfig address) => throw new NotImplementedException();

    /// <summary>Somebody took a virtual route out of the kernel.</summary>
    public void RouteLost(long now, InstanceState instance, RouteConfig route) => throw new NotImplementedException();

    /// <summary>Somebody took a virtual rule out of the kernel.</summary>
    public void RuleLost(long now, InstanceState instance, RoutingRuleConfig rule) => throw new NotImplementedException();

    /// <summary>Goes on with another configuration: what is in both keeps its state.</summary>
    public void Reload(long now, KeepalivedConfig config) => throw new NotImplementedException();

    /// <summary>The end: masters send priority 0 and release their addresses.</summary>
    /// <param name="now">The time.</param>
    /// <param name="keepAddresses">Addresses stay in the kernel (<c>--dont-release-vrrp</c>).</param>
    public void Stop(long now, bool keepAddresses = false) => throw new NotImplementedException();

    /// <summary>All counters begin at 0 again.</summary>
    public void ClearStatistics()
    {
        foreach (var instance in _instances) instance.Counters.Clear();
    }

    /// <summary>Whether anybody tracks it.</summary>
    public bool IsTracked(ScriptState script) => throw new NotImplementedException();

    private long FindNextDeadline() => throw new NotImplementedException();
}
