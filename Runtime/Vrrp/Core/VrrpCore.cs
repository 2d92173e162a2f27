using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>
/// All virtual routers of one configuration, without sockets, clock, randomness and text: events and time come in by the methods,
/// what is to be done goes out by <see cref="Effects"/>. LIFECYCLE.md beside <c>Runtime/Vrrp</c> tells the states.
/// </summary>
/// <remarks>
/// <para>Order of calls: <see cref="InterfaceChanged"/> for each known interface, <see cref="FileRead"/> and <see cref="ProcessCounted"/> for
/// what is known, then <see cref="Start"/>; from then on anything in any order until <see cref="Stop"/>. After each call the shell
/// carries out the effects in their order and clears the list.</para>
/// <para>Times are microseconds of a clock that never jumps (CLOCK_MONOTONIC). The shell empties its sockets before it calls
/// <see cref="Tick"/>, so that a process that was stopped for a while does not take a living master for dead.</para>
/// </remarks>
public sealed partial class VrrpCore
{
    /// <summary>For a configuration; nothing happens before <see cref="Start"/>.</summary>
    public VrrpCore(KeepalivedConfig config)
    {
        Config = config;
        Announcements = new AnnounceQueue(Effects);
        Announcements.Configure(config);
        BuildTrackers();
        BuildStatics();
        foreach (var instance in config.Instances) _instances.Add(new InstanceState(this, instance));
        BuildGroups();
        RenewChannels();
    }

    /// <summary>The configuration; a reload replaces it.</summary>
    public KeepalivedConfig Config { get; private set; }

    /// <summary>What the last call wants done.</summary>
    public EffectList Effects { get; } = new();

    /// <summary>The instances in the order of the file.</summary>
    public IReadOnlyList<InstanceState> Instances => _instances;

    /// <summary>The sync groups in the order of the file.</summary>
    public IReadOnlyList<GroupState> Groups => _groups;

    /// <summary>The scripts in the order of the file. Only those with <see cref="IsTracked(ScriptState)"/> are to be run.</summary>
    public IReadOnlyList<ScriptState> Scripts => _scripts;

    /// <summary>The files in the order of the file.</summary>
    public IReadOnlyList<FileState> Files => _files;

    /// <summary>The processes in the order of the file.</summary>
    public IReadOnlyList<ProcessState> Processes => _processes;

    /// <summary>The interfaces that were told of or are named somewhere.</summary>
    public IReadOnlyList<InterfaceState> Interfaces => _interfaces;

    /// <summary>The sockets that are wanted now, each once.</summary>
    public IReadOnlyList<AdvertChannel> Channels => _channels;

    /// <summary>When <see cref="Tick"/> wants to be called; <see cref="long.MaxValue"/> for not at all.</summary>
    public long NextDeadline => FindNextDeadline();
}
