using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>Where the objects stand on the bus.</summary>
/// <param name="networkNamespace">The network namespace of the daemon; null for none.</param>
/// <param name="instanceName">The name among several daemons of one host; null for none.</param>
internal sealed class BusPaths(string? networkNamespace, string? instanceName)
{
    private readonly string _root = string.Concat("/org/keepalived/Vrrp1", Step(networkNamespace), Step(instanceName));

    /// <summary>The daemon as a whole.</summary>
    internal string Daemon => _root + "/Vrrp";

    /// <summary>An instance: its interface (that below a VMAC), its number and its family.</summary>
    internal string Of(InstanceConfig config) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_root}/Instance/{Escape(config.Interface)}/{config.RouterId}/{(config.Family == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}");

    // D-Bus allows letters, digits and underscores of ASCII alone (D-Bus Specification, "Valid Object Paths").
    private static string Escape(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length == 0)
        {
            return "none";
        }

        foreach (ref var letter in bytes.AsSpan())
        {
            if (!char.IsAsciiLetterOrDigit((char)letter))
            {
                letter = (byte)'_';
            }
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static string Step(string? name) => string.IsNullOrEmpty(name) ? "" : "/" + Escape(name);
}
