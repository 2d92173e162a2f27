using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Events;

/// <summary>Something that the log tells. It carries facts; the sentence, the facility and the level are made at the edge.</summary>
/// <param name="Name">Which instance; groups, scripts and the like where the record says so.</param>
public abstract record VrrpEvent(string Name) : VrrpEffect;
