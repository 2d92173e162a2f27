using System.Buffers.Binary;
using System.Text;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>Cookie values made from a secret key and the server's address (configuration manual 4.2, <c>dynamic-cookie-key</c>, <c>cookie … dynamic</c>).</summary>
public static class DynamicCookie
{
    /// <summary>The value: XXH64 of the key, the address' bytes and the port as four bytes, in sixteen hexadecimal digits.</summary>
    public static string ValueOf(string key, in SocketAddress128 address)
    {
        var secret = Encoding.Latin1.GetBytes(key);
        var ip = address.AddressBytes;
        var bytes = new byte[secret.Length + ip.Length + 4];
        secret.CopyTo(bytes, 0);
        ip.CopyTo(bytes.AsSpan(secret.Length));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(secret.Length + ip.Length), address.Port);
        return XxHash64.Of(bytes).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Gives all servers their values. Called under the gate, or before there is traffic.</summary>
    public static void Refresh(BackendState backend)
    {
        foreach (var server in backend.Servers)
        {
            Refresh(server, backend.HasDynamicCookies ? backend.DynamicCookieKey : null);
        }
    }

    /// <summary>Gives a server its value, unless the file gave it one; after its address was set or changed, or the key was. Called under the gate.</summary>
    /// <param name="server">The server.</param>
    /// <param name="key">The backend's key; null where dynamic cookies are off.</param>
    public static void Refresh(ServerState server, string? key)
    {
        if (server.Config.Cookie is null)
        {
            server.CookieValue = key is null || server.Address.AddressBytes.IsEmpty ? null : ValueOf(key, server.Address);
        }
    }
}
