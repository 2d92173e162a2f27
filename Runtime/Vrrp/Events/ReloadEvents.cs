using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Events;

/// <summary>A reload took all routes of an instance, or all static ones ("Removing a VirtualRoute block").</summary>
public sealed record RouteBlockGone() : VrrpEvent("");

/// <summary>A reload took all rules of an instance, or all static ones ("Removing a VirtualRule block").</summary>
public sealed record RuleBlockGone() : VrrpEvent("");

/// <summary>A reload took one of several routes out of the kernel ("Removing route ...").</summary>
/// <param name="Route">Which.</param>
public sealed record RouteGone(RouteConfig Route) : VrrpEvent("");

/// <summary>A reload took one of several rules out of the kernel ("ip rule ... removed").</summary>
/// <param name="Rule">Which.</param>
public sealed record RuleGone(RoutingRuleConfig Rule) : VrrpEvent("");
