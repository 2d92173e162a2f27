using System.Text;
using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>The objects on the bus, and what calls to them mean: a function of the call and of the states, no bus is needed for it.</summary>
/// <remarks>Errors are named and worded as GDBus names and words them, on which the original is built: tools show these texts.</remarks>
/// <param name="paths">Where they stand.</param>
internal sealed class BusObjects(BusPaths paths)
{
    private const string Introspectable = "org.freedesktop.DBus.Introspectable", PropertyAccess = "org.freedesktop.DBus.Properties";

    private const string Heading =
        """
        <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
                              "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
        <node>

        """;

    // What each object has: the interfaces of the D-Bus Specification, "Standard Interfaces".
    private const string StandardInterfaces =
        """
          <interface name="org.freedesktop.DBus.Properties">
            <method name="Get">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="s" name="property_name" direction="in"/>
              <arg type="v" name="value" direction="out"/>
            </method>
            <method name="GetAll">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="a{sv}" name="properties" direction="out"/>
            </method>
            <method name="Set">
              <arg type="s" name="interface_name" direction="in"/>
              <arg type="s" name="property_name" direction="in"/>
              <arg type="v" name="value" direction="in"/>
            </method>
            <signal name="PropertiesChanged">
              <arg type="s" name="interface_name"/>
              <arg type="a{sv}" name="changed_properties"/>
              <arg type="as" name="invalidated_properties"/>
            </signal>
          </interface>
          <interface name="org.freedesktop.DBus.Introspectable">
            <method name="Introspect">
              <arg type="s" name="xml_data" direction="out"/>
            </method>
          </interface>
          <interface name="org.freedesktop.DBus.Peer">
            <method name="Ping"/>
            <method name="GetMachineId">
              <arg type="s" name="machine_uuid" direction="out"/>
            </method>
          </interface>

        """;

    private readonly Dictionary<string, InstanceState> _instances = [];

    /// <summary>Where the objects stand.</summary>
    internal BusPaths Paths { get; } = paths;

    /// <summary>Puts the objects of the instances there that have none, and takes those away whose instance is gone.</summary>
    /// <param name="instances">All instances, as they are now.</param>
    /// <param name="gone">Told of each that went.</param>
    /// <param name="taken">Told of each that finds an object of another one at its place: the first one keeps it.</param>
    internal void Follow(IReadOnlyList<InstanceState> instances, Action<InstanceState> gone, Action<string> taken)
    {
        foreach (var (path, instance) in _instances.ToArray())
        {
            if (!instances.Contains(instance) || Paths.Of(instance.Config) != path)
            {
                _ = _instances.Remove(path);
                gone(instance);
            }
        }

        foreach (var instance in instances)
        {
            var path = Paths.Of(instance.Config);
            if (!_instances.TryAdd(path, instance) && _instances[path] != instance)
            {
                taken(path);
            }
        }
    }

    /// <summary>Takes all away.</summary>
    internal void Clear() => _instances.Clear();

    /// <summary>The answer to a call.</summary>
    internal BusAnswer Answer(BusMessage call)
    {
        if (call is { Interface: Introspectable, Member: "Introspect", Signature: "" })
        {
            return BusAnswer.Of(new BusText(Describe(call.Path)));
        }

        var instance = _instances.GetValueOrDefault(call.Path);
        var own = instance != null ? BusInterface.Instance : call.Path == Paths.Daemon ? BusInterface.Daemon : null;
        if (own == null || call.Interface == null)
        {
            return BusAnswer.Unknown($"Object does not exist at path “{call.Path}”");
        }

        return call.Interface == own.Name ? Call(own, instance, call)
            : (call.Interface == PropertyAccess ? Access(own, instance, call) : null)
            ?? BusAnswer.Unknown($"No such interface “{call.Interface}” on object at path {call.Path}");
    }

    private static BusAnswer Call(BusInterface own, InstanceState? instance, BusMessage call)
    {
        if (Array.Find(own.Methods, method => method.Name == call.Member) is not { } method)
        {
            return BusAnswer.Unknown($"No such method “{call.Member}”");
        }

        return call.Signature.Length == 0 ? BusAnswer.Do(method.Errand, instance)
            : BusAnswer.Invalid($"Type of message, “({call.Signature})”, does not match expected type “()”");
    }

    private static BusAnswer? Access(BusInterface own, InstanceState? instance, BusMessage call)
    {
        var isAll = call is { Member: "GetAll", Signature: "s" };
        if ((!isAll && call is not ({ Member: "Get", Signature: "ss" } or { Member: "Set", Signature: "ssv" })) || call.Texts.Count < (isAll ? 1 : 2))
        {
            return null;
        }

        if (call.Texts[0] != own.Name)
        {
            return BusAnswer.Invalid($"No such interface “{call.Texts[0]}”");
        }

        if (isAll)
        {
            return BusAnswer.Of(new BusDictionary(Array.ConvertAll(own.Properties, property => (property.Name, property.Of(instance!)))));
        }

        if (Array.Find(own.Properties, property => property.Name == call.Texts[1]) is not { } wanted)
        {
            return BusAnswer.Invalid($"No such property “{call.Texts[1]}”");
        }

        return call.Member == "Get" ? BusAnswer.Of(new BusVariant(wanted.Of(instance!)))
            : BusAnswer.Invalid($"Property “{wanted.Name}” is not writable");
    }

    // Every path may be asked for; one with nothing at it and below has an empty description.
    private string Describe(string path)
    {
        var xml = new StringBuilder(Heading);
        var own = _instances.ContainsKey(path) ? BusInterface.Instance : path == Paths.Daemon ? BusInterface.Daemon : null;
        if (own != null)
        {
            xml.Append(StandardInterfaces);
            own.Describe(xml);
        }

        foreach (var child in ChildrenOf(path))
        {
            xml.Append($"  <node name=\"{child}\"/>\n");
        }

        return xml.Append("</node>\n").ToString();
    }

    private List<string> ChildrenOf(string path)
    {
        var (prefix, children) = (path == "/" ? path : path + "/", new List<string>());
        foreach (var full in (IEnumerable<string>)[Paths.Daemon, .. _instances.Keys])
        {
            if (!full.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var end = full.IndexOf('/', prefix.Length);
            var child = end < 0 ? full[prefix.Length..] : full[prefix.Length..end];
            if (!children.Contains(child))
            {
                children.Add(child);
            }
        }

        return children;
    }
}
