using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>One running VRRP daemon: the pure core, and around it sockets, interfaces, addresses and time.</summary>
/// <remarks>
/// <para>Everything is called on the loop's thread, whose network namespace it works in (it may be entered before the constructor).
/// The process part hears <see cref="Logged"/> and <see cref="Notified"/>, and tells results of scripts, files and processes by
/// <see cref="ScriptFinished"/>, <see cref="FileRead"/> and <see cref="ProcessCounted"/>.</para>
/// <para>An input that is told from within a handler is taken in after the effects that are under way.</para>
/// </remarks>
public sealed partial class VrrpNode : IDisposable
{
    private readonly Loop _loop;
    private readonly Timer _timer;
    private readonly Queue<Action<long>> _inputs = new();
    private readonly Action<long> _tick;
    private KeepalivedConfig _config;
    private VirtualMacNames _names;
    private NetlinkConversation _conversation = null!;
    private KernelMonitor _monitor = null!;
    private ResourceExecutor _resources = null!;
    private VirtualInterfaces _virtualInterfaces = null!;
    private GarpSender _garp = null!;
    private LinkbeatPoller _linkbeats = null!;
    private FilterTable _filterTable = null!;
    private AcceptFilter _acceptFilter = null!;
    private bool _isBusy;
    private bool _isRunning;
    private bool _isReloading;

    /// <summary>For a configuration; nothing happens before <see cref="Start"/>.</summary>
    public VrrpNode(Loop loop, KeepalivedConfig config)
    {
        _loop = loop;
        _names = new VirtualMacNames(config);
        _config = _names.Fill(config);
        _timer = new Timer(this);
        Core = new VrrpCore(_config);
        _tick = Core.Tick;
    }

    /// <summary>The core, for reading: dumps, statistics, the priority that scripts are told.</summary>
    public VrrpCore Core { get; }

    /// <summary>The interfaces of the network namespace; filled by <see cref="Open"/>.</summary>
    public InterfaceTable Interfaces { get; private set; } = null!;

    /// <summary>The open sockets; filled by <see cref="Open"/>.</summary>
    public SocketPool Sockets { get; private set; } = null!;

    /// <summary>Something for the log: of the core (Vrrp/Events) and of the shell (Vrrp/Shell/Events), in the order in which the original tells it.</summary>
    public event Action<VrrpEvent>? Logged;

    /// <summary>
    /// A change that scripts, pipes and mail are told of (<see cref="InstanceChanged"/>, <see cref="GroupChanged"/>,
    /// <see cref="MasterHeardLower"/>, <see cref="PriorityChanged"/>); addresses and announcements of the change are done by then.
    /// </summary>
    public event Action<VrrpEffect>? Notified;

    /// <summary>Opens netlink and packet sockets and learns the interfaces. To be called once, before <see cref="Start"/>.</summary>
    /// <returns>Why the daemon cannot run here.</returns>
    public SysError Open()
    {
        if (KernelMonitor.Open(_loop, out var error) is not { } monitor)
        {
            return error;
        }

        _monitor = monitor;
        if (NetlinkConversation.Open(out error) is not { } conversation)
        {
            return error;
        }

        _conversation = conversation;
        Interfaces = new InterfaceTable(conversation);
        _resources = new ResourceExecutor(conversation, Interfaces, PlaceOf, Log);
        _linkbeats = new LinkbeatPoller(_loop, Interfaces, TellChanged);
        _filterTable = new FilterTable(Log);
        _acceptFilter = new AcceptFilter(_filterTable, Log);
        _virtualInterfaces = new VirtualInterfaces(conversation, Interfaces, new GroupReportFilter(_filterTable), Log);
        _garp = new GarpSender(Interfaces, PlaceOf, Log);
        Sockets = new SocketPool(_loop, Interfaces, Deliver);
        error = _garp.Open();
        if (error.IsNone)
        {
            error = Interfaces.Refresh();
        }

        WireKernel();
        return error;
    }

    /// <summary>Begins: cleans up behind a predecessor, makes virtual interfaces, and lets each instance go to its first state.</summary>
    public void Start()
    {
        TellAddressesOfStart();
        _virtualInterfaces.Reconcile(_config, _names);
        RemoveLeftovers();
        _linkbeats.Configure(_config);
        _linkbeats.Poll();
        _isRunning = true;
        _up.Clear(); // nothing that is static is in yet
        var opened = new List<VrrpEvent>();
        Input(now =>
        {
            TellInterfaces(now);
            Core.Start(now);
            Sockets.Reconcile(Core.Channels, ReceiveBufferOf, opened.Add); // the first ones are not told of as a change
        });
        opened.ForEach(Log);
        _virtualInterfaces.ForgetNew();
    }

    /// <summary>Takes a new configuration: what is in both goes on undisturbed.</summary>
    public void Reload(KeepalivedConfig config)
    {
        _names = new VirtualMacNames(config);
        _config = _names.Fill(config);
        _virtualInterfaces.MakeMissing(_config, _names, tellsFound: true); // before the core hears of the instances that use them
        _isReloading = true; // the sockets are told of at its end, all of them
        Input(now =>
        {
            TellInterfaces(now);
            Core.Reload(now, _config);
        });
        _isReloading = false;
        _virtualInterfaces.Reconcile(_config, _names);
        _linkbeats.Configure(_config);
        Sockets.Tell(Core.Channels, Log);
    }

    /// <summary>The end: masters send priority 0, addresses, routes and rules leave the kernel, virtual interfaces go.</summary>
    /// <param name="completed">Called when nothing is left to do.</param>
    /// <param name="keepAddresses">Addresses stay in the kernel (<c>--dont-release-vrrp</c>).</param>
    public void Stop(Action completed, bool keepAddresses = false)
    {
        Input(now => Core.Stop(now, keepAddresses));
        _isRunning = false;
        Sockets.CloseAll(); // before the VMACs go, so that the groups are left by them
        if (!keepAddresses)
        {
            _resources.RemoveStatic();
            _virtualInterfaces.RemoveAll();
            _filterTable.Dispose();
        }

        _loop.Cancel(_timer);
        _linkbeats.Close();
        _garp.Dispose();
        _monitor.Close(_loop);
        completed();
    }

    /// <summary>A tracked script has run.</summary>
    public void ScriptFinished(string script, ScriptOutcome outcome, int status) => Input(now => Core.ScriptFinished(now, script, outcome, status));

    /// <summary>A tracked file was read; before <see cref="Start"/> for each file, then whenever it changed.</summary>
    public void FileRead(string file, int number) => Input(now => Core.FileRead(now, file, number));

    /// <summary>Tracked processes were counted; before <see cref="Start"/> for each, then whenever the number changed.</summary>
    public void ProcessCounted(string process, int count) => Input(now => Core.ProcessCounted(now, process, count));

    /// <summary>An operator wants the addresses of an instance announced once more.</summary>
    public void AnnounceAnew(InstanceState instance) => Input(now => Core.AnnounceAnew(now, instance));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isRunning)
        {
            Stop(() => { });
        }

        _conversation?.Dispose();
    }

    /// <summary>The interface on which a virtual address stands.</summary>
    public string PlaceOf(InstanceState instance, AddressConfig address) => _names.PlaceOf(instance.Config, address);

    /// <summary>Whether an address of an instance (of none: a static one) is in the kernel.</summary>
    public bool IsIn(InstanceState? owner, AddressConfig address) => _resources.IsIn(owner, address);

    /// <summary>Whether a route is.</summary>
    public bool IsIn(InstanceState? owner, RouteConfig route) => _resources.IsIn(owner, route);

    /// <summary>Whether a routing rule is.</summary>
    public bool IsIn(InstanceState? owner, RoutingRuleConfig rule) => _resources.IsIn(owner, rule);

    /// <summary>The operator gives an instance another base priority while it runs; the configuration's holds again after a reload.</summary>
    /// <param name="instance">Which.</param>
    /// <param name="priority">1 to 255.</param>
    public void SetBasePriority(InstanceState instance, int priority) => Input(now => Core.SetBasePriority(now, instance, priority));

    /// <summary>The operator lets an instance preempt lower masters, or not, until a reload.</summary>
    public void SetPreemption(InstanceState instance, bool preempts) => Input(now => Core.SetPreemption(now, instance, preempts));

    /// <summary>Gives one event to the core and carries out what it wants.</summary>
    private void Input(Action<long> input)
    {
        _inputs.Enqueue(input);
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            while (_inputs.TryDequeue(out var next))
            {
                next(MonotonicClock.Microseconds);
                CarryOut();
            }
        }
        finally
        {
            _isBusy = false;
        }

        Plan();
    }

    private void Plan()
    {
        var next = Core.NextDeadline;
        _loop.SetDeadline(_timer, next == long.MaxValue ? LoopTask.Never : (next + 999) / 1000);
    }

    private void Log(VrrpEvent happened) => Logged?.Invoke(happened);

    private bool IsVirtual(int index, IPAddress address) => _resources.Knows(index, address);

    /// <summary>The core's timers. Sockets are emptied first: what lies in them tells that the master lives.</summary>
    private sealed class Timer(VrrpNode node) : LoopTask
    {
        protected internal override void Run(Loop loop)
        {
            if (!node._isRunning)
            {
                return;
            }

            node.Sockets.Drain();
            node.Input(node._tick);
        }
    }
}
