namespace Dropin.Runtime.Proxy.Health;

/// <summary>The health of a server as a number: 0 is surely down, <see cref="Rise"/> and more is up, the highest surely up.</summary>
/// <remarks>Configuration manual 5.2, <c>rise</c> and <c>fall</c>. No clock and no server: only the count.</remarks>
public struct CheckCounter
{
    /// <summary>A counter that is up until the first failure.</summary>
    public CheckCounter(int rise, int fall)
    {
        Rise = Math.Max(1, rise);
        Fall = Math.Max(1, fall);
        Health = Rise;
    }

    /// <summary>Good checks until up.</summary>
    public int Rise { get; }

    /// <summary>Bad checks until down.</summary>
    public int Fall { get; }

    /// <summary>0 to <see cref="Highest"/>.</summary>
    public int Health { get; private set; }

    /// <summary>The highest health.</summary>
    public readonly int Highest => Rise + Fall - 1;

    /// <summary>Whether it counts as up.</summary>
    public readonly bool IsUp => Health >= Rise;

    /// <summary>Whether nothing is on the way from one side to the other.</summary>
    public readonly bool IsSettled => Health == 0 || Health == Highest;

    /// <summary>A good check.</summary>
    /// <returns>Whether the health changed.</returns>
    public bool Succeed()
    {
        if (Health >= Highest)
        {
            return false;
        }

        if (++Health >= Rise)
        {
            Health = Highest;
        }

        return true;
    }

    /// <summary>A bad check.</summary>
    /// <returns>Whether the health changed.</returns>
    public bool Fail()
    {
        if (Health == 0)
        {
            return false;
        }

        if (--Health < Rise)
        {
            Health = 0;
        }

        return true;
    }

    /// <summary>Surely up, by order.</summary>
    public void ForceUp() => Health = Highest;

    /// <summary>Surely down, by order or in maintenance.</summary>
    public void ForceDown() => Health = 0;

    /// <summary>Up until the first failure, after maintenance.</summary>
    public void Trust() => Health = Rise;

    /// <summary>A value from a state file, kept within its limits.</summary>
    public void Restore(int health) => Health = Math.Clamp(health, 0, Highest);

    /// <summary>One more failure is to put it down (<c>on-error sudden-death</c>).</summary>
    public void NearDeath()
    {
        if (Health > Rise)
        {
            Health = Rise + 1;
        }
    }

    /// <summary>Checks that passed or are left, and of how many: "2/3" while up means two failures until down.</summary>
    public readonly (int Have, int Of) Progress => IsUp ? (Health - Rise + 1, Fall) : (Health, Rise);
}
