using System.Net.Sockets;

namespace Dropin.Runtime.Vrrp.Shell.Requests;

/// <summary>Numbers of the address families on Linux.</summary>
internal static class Families
{
    internal static byte Of(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? (byte)10 : (byte)2;
}
