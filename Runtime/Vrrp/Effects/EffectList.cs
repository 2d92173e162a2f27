namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>What the last call of the core wants done. The shell drains it after each call.</summary>
/// <remarks>The event of a discarded packet is filled anew for the next one: an effect is valid until the next call into the core.</remarks>
public sealed class EffectList
{
    private readonly List<VrrpEffect> _effects = [];

    /// <summary>How many there are.</summary>
    public int Count => _effects.Count;

    /// <summary>The effect at a place from 0, the first to be done first.</summary>
    public VrrpEffect this[int index] => _effects[index];

    /// <summary>Called by the core.</summary>
    public void Add(VrrpEffect effect) => _effects.Add(effect);

    /// <summary>Forgets all; called by the shell when they are done.</summary>
    public void Clear() => _effects.Clear();

    /// <summary>Enumerates without an allocation.</summary>
    public List<VrrpEffect>.Enumerator GetEnumerator() => _effects.GetEnumerator();
}
