using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>One interface as the core knows it.</summary>
public sealed class InterfaceState
{
    internal InterfaceState(string name) => Facts = InterfaceFacts.Missing(name);

    /// <summary>What the kernel last said.</summary>
    public InterfaceFacts Facts { get; internal set; }

    /// <summary>Its name.</summary>
    public string Name => Facts.Name;

    /// <summary>Whether it counts as up for trackers; differs from the facts while a change is debounced.</summary>
    public bool IsUp { get; internal set; }

    /// <summary>When a debounced change will count, microseconds; <see cref="long.MaxValue"/> for none.</summary>
    public long DebounceUntil { get; internal set; } = long.MaxValue;
}

/// <summary>One tracked script.</summary>
public sealed class ScriptState
{
    internal ScriptState(TrackScriptConfig config) => Config = config;

    /// <summary>Its configuration.</summary>
    public TrackScriptConfig Config { get; internal set; }

    /// <summary>Whether it counts as good.</summary>
    public bool IsGood { get; internal set; }

    /// <summary>Until it has run, instances that track it with weight 0 wait.</summary>
    public bool HasRun { get; internal set; }

    /// <summary>The original's counter: 0 to rise + fall - 1; good from rise on.</summary>
    public int InARow { get; internal set; }

    /// <summary>How its last run ended; null before the first.</summary>
    public ScriptOutcome? LastOutcome { get; internal set; }

    /// <summary>Exit code or signal of its last run.</summary>
    public int LastStatus { get; internal set; }

    /// <summary>Exit code of the last run that ended by itself; 0 before.</summary>
    internal int LastExit { get; set; }

    /// <summary>One more result. The first one counts at once, later ones after <c>rise</c> or <c>fall</c> of them; with <c>init_fail</c> a success has to be repeated from the beginning.</summary>
    /// <returns>Whether it counts as something else now.</returns>
    internal bool Learn(bool succeeded)
    {
        var first = !HasRun;
        HasRun = true;
        var most = Config.Rise + Config.Fall - 1;
        if (first && (!succeeded || !Config.StartsFailed)) InARow = succeeded ? most : 0;
        else if (!succeeded) InARow = InARow > Config.Rise ? InARow - 1 : 0;
        else if (InARow < Config.Rise - 1) InARow++;
        else InARow = most;
        var good = InARow >= Config.Rise;
        var changed = first || good != IsGood;
        IsGood = good;
        return changed;
    }
}

/// <summary>One tracked file.</summary>
public sealed class FileState
{
    internal FileState(TrackFileConfig config) => Config = config;

    /// <summary>Its configuration.</summary>
    public TrackFileConfig Config { get; internal set; }

    /// <summary>The number in it; 0 where it is missing.</summary>
    public int Number { get; internal set; }
}

/// <summary>Tracked processes.</summary>
public sealed class ProcessState
{
    internal ProcessState(TrackProcessConfig config) => Config = config;

    /// <summary>Their configuration.</summary>
    public TrackProcessConfig Config { get; internal set; }

    /// <summary>How many run.</summary>
    public int Count { get; internal set; }

    /// <summary>Whether the quorum counts as held.</summary>
    public bool HasQuorum { get; internal set; }

    /// <summary>Whether the count says that it is held; a delay may stand between the two.</summary>
    public bool WantsQuorum => Count >= Config.Quorum && Count <= Config.QuorumMax;

    /// <summary>When a delayed change will count, microseconds; <see cref="long.MaxValue"/> for none.</summary>
    public long ChangeAt { get; internal set; } = long.MaxValue;

    internal void Configure(TrackProcessConfig config)
    {
        Config = config;
        (HasQuorum, ChangeAt) = (WantsQuorum, long.MaxValue);
    }
}
