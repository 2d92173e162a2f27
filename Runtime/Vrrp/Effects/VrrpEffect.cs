namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>One thing that the core wants done outside. The closed set stands in this folder; log events (<c>Events/</c>) are effects too.</summary>
/// <remarks>The order of effects matters: it is that in which the original acts (log, advert, addresses, gratuitous ARP, scripts).</remarks>
public abstract record VrrpEffect;
