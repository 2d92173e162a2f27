using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>What a caller is told, and what is to be done for him then.</summary>
internal sealed record BusAnswer
{
    private const string InvalidArguments = "org.freedesktop.DBus.Error.InvalidArgs", UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";

    /// <summary>The results; none where an error is told.</summary>
    internal BusValue[] Values { get; private init; } = [];

    /// <summary>The name of the error; null for none.</summary>
    internal string? Error { get; private init; }

    /// <summary>The error in words.</summary>
    internal string ErrorText { get; private init; } = "";

    /// <summary>What is to be done.</summary>
    internal BusErrand Errand { get; private init; }

    /// <summary>For which instance.</summary>
    internal InstanceState? Instance { get; private init; }

    /// <summary>Results.</summary>
    internal static BusAnswer Of(params BusValue[] values) => new() { Values = values };

    /// <summary>It will be done.</summary>
    internal static BusAnswer Do(BusErrand errand, InstanceState? instance) => new() { Errand = errand, Instance = instance };

    /// <summary>The arguments are wrong.</summary>
    internal static BusAnswer Invalid(string text) => new() { Error = InvalidArguments, ErrorText = text };

    /// <summary>There is no such thing.</summary>
    internal static BusAnswer Unknown(string text) => new() { Error = UnknownMethod, ErrorText = text };
}
