using System.Globalization;
using System.Net.NetworkInformation;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>Hardware addresses as the log and dumps write them.</summary>
internal static class MacText
{
    /// <summary><c>00:00:5e:00:01:33</c>.</summary>
    internal static string Of(PhysicalAddress mac) => string.Join(':', mac.GetAddressBytes().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
}
