namespace Dropin.Runtime.Proxy.Health;

/// <summary>What is known from the checks, or from the agent, of a server. Written by the check's thread and by orders, read by statistics.</summary>
public sealed class CheckState
{
    private readonly Lock _gate = new();
    private CheckCounter _counter;
    private CheckOutcome _last = new(CheckStatus.Initializing);

    /// <summary>Makes the state of a check that was not run yet.</summary>
    /// <param name="isAgent">Whether it is an agent's.</param>
    /// <param name="rise">Good checks until up.</param>
    /// <param name="fall">Bad checks until down.</param>
    public CheckState(bool isAgent, int rise, int fall)
    {
        IsAgent = isAgent;
        _counter = new CheckCounter(rise, fall);
    }

    /// <summary>Whether it is an agent's.</summary>
    public bool IsAgent { get; }

    /// <summary>Whether it is to be made (<c>disable health</c>, <c>disable agent</c>).</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether it rests since the server is in maintenance.</summary>
    public bool Paused { get; private set; }

    /// <summary>Whether it is under way.</summary>
    public bool InProgress { get; internal set; }

    /// <summary>The health.</summary>
    public CheckCounter Counter
    {
        get
        {
            lock (_gate)
            {
                return _counter;
            }
        }
    }

    /// <summary>How the last one ended.</summary>
    public CheckOutcome Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>How long the last one took, milliseconds; -1 where that has no meaning.</summary>
    public long DurationMilliseconds { get; private set; } = -1;

    /// <summary>How many failed while the server was not down (chkfail).</summary>
    public long FailedCount { get; internal set; }

    /// <summary>Changes the health by order.</summary>
    internal void Order(CheckOrder order)
    {
        lock (_gate)
        {
            switch (order)
            {
                case CheckOrder.Up:
                    _counter.ForceUp();
                    break;
                case CheckOrder.Down:
                    _counter.ForceDown();
                    break;
                case CheckOrder.NearDeath:
                    _counter.NearDeath();
                    break;
                default:
                    _counter.Trust();
                    break;
            }
        }
    }

    /// <summary>The server enters maintenance: no more checks, and what was known counts no more.</summary>
    internal void Pause()
    {
        Paused = true;
        Order(CheckOrder.Down);
    }

    /// <summary>The server leaves maintenance: up until the first failure.</summary>
    internal void Resume()
    {
        Paused = false;
        Order(CheckOrder.Trust);
    }

    /// <summary>Takes over what a state file says.</summary>
    internal void Restore(int health, CheckStatus status)
    {
        lock (_gate)
        {
            _counter.Restore(health);
            _last = new CheckOutcome(status);
        }
    }

    /// <summary>A check begins: the number of the last one counts no more.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            InProgress = true;
            _last = _last with { Number = 0, Description = "" };
        }
    }

    /// <summary>Takes a result; tells what it changed.</summary>
    /// <param name="outcome">The result.</param>
    /// <param name="duration">Milliseconds; -1 for none.</param>
    internal CheckChange Take(in CheckOutcome outcome, long duration)
    {
        lock (_gate)
        {
            var before = _last.Status;
            _last = outcome with { Description = outcome.Kept };
            DurationMilliseconds = duration;
            InProgress = false;
            var changed = outcome.Status.Verdict() switch
            {
                // An agent that cannot be reached says nothing about the server.
                CheckVerdict.Failed => (!IsAgent || outcome.Status.HasNumber()) && CountFailure(),
                CheckVerdict.Passed or CheckVerdict.Conditional => _counter.Succeed(),
                _ => false,
            };
            return new CheckChange(before != outcome.Status, changed, _counter);
        }
    }

    private bool CountFailure()
    {
        if (!_counter.Fail())
        {
            return false;
        }

        FailedCount++;
        return true;
    }
}

/// <summary>What a result changed.</summary>
/// <param name="StatusChanged">It differs from the one before.</param>
/// <param name="HealthChanged">The health moved.</param>
/// <param name="Counter">The health after it.</param>
internal readonly record struct CheckChange(bool StatusChanged, bool HealthChanged, CheckCounter Counter);

/// <summary>An order to a counter.</summary>
internal enum CheckOrder
{
    /// <summary>Surely up.</summary>
    Up,

    /// <summary>Surely down.</summary>
    Down,

    /// <summary>Up until the first failure.</summary>
    Trust,

    /// <summary>One failure from down.</summary>
    NearDeath,
}
