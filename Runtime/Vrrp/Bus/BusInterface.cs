using System.Text;
using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>One interface of objects on the bus, as data: who calls is served from it, and who asks for a description gets it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Methods">Methods; none has arguments or results.</param>
/// <param name="Signals">Signals.</param>
/// <param name="Properties">Properties, which nobody can set.</param>
internal sealed record BusInterface(string Name, BusMethod[] Methods, BusSignal[] Signals, BusProperty[] Properties)
{
    /// <summary>The daemon as a whole.</summary>
    internal static BusInterface Daemon { get; } = new(
        BusNames.Daemon,
        [
            new BusMethod("PrintData", BusErrand.PrintData), new BusMethod("PrintStats", BusErrand.PrintStatistics),
            new BusMethod("PrintStatsClear", BusErrand.PrintAndClearStatistics), new BusMethod("ReloadConfig", BusErrand.Reload),
        ],
        [new BusSignal(BusNames.Started, null), new BusSignal(BusNames.Reloaded, null), new BusSignal(BusNames.Stopped, null)],
        []);

    /// <summary>One virtual router.</summary>
    internal static BusInterface Instance { get; } = new(
        BusNames.Instance,
        [new BusMethod("SendGarp", BusErrand.Announce)],
        [new BusSignal(BusNames.StateChanged, "status")],
        [
            // The name stands in a structure whatever its type says: scripts that read the original's expect it so.
            new BusProperty("Name", "s", instance => new BusStructure(new BusText(instance.Name))),
            new BusProperty("State", "(us)", instance => new BusStructure(new BusNumber(BusStates.NumberOf(instance, instance.State)), new BusText(BusStates.WordOf(instance.State)))),
        ]);

    /// <summary>Describes it in the XML of org.freedesktop.DBus.Introspectable.</summary>
    internal void Describe(StringBuilder to)
    {
        to.Append($"  <interface name=\"{Name}\">\n");
        foreach (var method in Methods)
        {
            to.Append($"    <method name=\"{method.Name}\">\n    </method>\n");
        }

        foreach (var signal in Signals)
        {
            to.Append($"    <signal name=\"{signal.Name}\">\n");
            if (signal.Number is { } number)
            {
                to.Append($"      <arg type=\"u\" name=\"{number}\">\n      </arg>\n");
            }

            to.Append("    </signal>\n");
        }

        foreach (var property in Properties)
        {
            to.Append($"    <property type=\"{property.Signature}\" name=\"{property.Name}\" access=\"read\">\n    </property>\n");
        }

        to.Append("  </interface>\n");
    }
}

/// <summary>A method without arguments and results.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Errand">What it wants.</param>
internal sealed record BusMethod(string Name, BusErrand Errand);

/// <summary>A signal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">The name of its argument, a number; null for no argument.</param>
internal sealed record BusSignal(string Name, string? Number);

/// <summary>A property.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">Its type, as it is described.</param>
/// <param name="Of">Its value.</param>
internal sealed record BusProperty(string Name, string Signature, Func<InstanceState, BusValue> Of);
