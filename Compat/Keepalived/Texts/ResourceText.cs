using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>Addresses and scripts as dumps and the log write them.</summary>
internal static class ResourceText
{
    /// <summary>An address line.</summary>
    /// <param name="address">The address.</param>
    /// <param name="place">Its interface.</param>
    /// <param name="isSet">Whether it is in the kernel.</param>
    internal static string Of(AddressConfig address, string place, bool isSet)
    {
        var text = new StringBuilder(address.Address.ToString());
        var whole = address.Family == AddressFamily.InterNetwork ? 32 : 128;
        if (address.Peer != null)
            text.Append(" peer ").Append(address.Peer);
        if (address.PrefixLength != whole)
            text.Append(CultureInfo.InvariantCulture, $"/{address.PrefixLength}");
        if (address.Broadcast != null)
            text.Append(" brd ").Append(address.Broadcast);
        text.Append(" dev ").Append(place).Append(" scope ").Append(Scope(address.Scope));
        if (address.Label != null)
            text.Append(" label ").Append(address.Label);
        if (address.Family == AddressFamily.InterNetworkV6)
        {
            text.Append(address.PreferredLifetime switch
            {
                0 => " deprecated",
                null => " preferred_lft forever",
                { } seconds => string.Create(CultureInfo.InvariantCulture, $" preferred_lft {seconds}"),
            });
        }
        if (address.NoTrack)
            text.Append(" no_track");
        return isSet ? text.Append(" set").ToString() : text.ToString();
    }

    /// <summary>A script's words in quotes.</summary>
    internal static string Of(ScriptCommand command) => command.Quoted;

    private static string Scope(byte scope) => scope switch
    {
        0 => "global",
        200 => "site",
        253 => "link",
        254 => "host",
        255 => "nowhere",
        _ => scope.ToString(CultureInfo.InvariantCulture),
    };
}
