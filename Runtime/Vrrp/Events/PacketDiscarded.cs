using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Events;

/// <summary>A packet that changes nothing. One object for each instance, filled anew each time: a flood costs no memory.</summary>
public sealed record PacketDiscarded : VrrpEvent
{
    /// <summary>For an instance, or for an interface where no instance could be found.</summary>
    /// <param name="name">Its name.</param>
    public PacketDiscarded(string name)
        : base(name)
    {
    }

    /// <summary>What is wrong with it.</summary>
    public AdvertProblem Problem { get; private set; }

    /// <summary>What the packet says; its meaning stands at the problem.</summary>
    public long Received { get; private set; }

    /// <summary>What was expected; its meaning stands at the problem.</summary>
    public long Expected { get; private set; }

    /// <summary>The sender; for <see cref="AdvertProblem.AddressMissing"/> see <see cref="Address"/>.</summary>
    public RouterAddress Sender { get; private set; }

    /// <summary>The address that the problem is about.</summary>
    public RouterAddress Address { get; private set; }

    internal PacketDiscarded Fill(AdvertProblem problem, long received, long expected, RouterAddress sender, RouterAddress address = default)
    {
        (Problem, Received, Expected, Sender, Address) = (problem, received, expected, sender, address);
        return this;
    }
}
