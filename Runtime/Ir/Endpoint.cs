using System.Net;

namespace Dropin.Runtime.Ir;

/// <summary>Where a socket is bound or connected to (configuration manual 11, address formats).</summary>
public abstract record Endpoint;

/// <summary>An IP address and a port; port 0 where the configuration leaves it open.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Port">0 to 65535.</param>
public sealed record IpEndpoint(IPAddress Address, int Port) : Endpoint;

/// <summary>A name that is resolved at start (and later by resolvers).</summary>
/// <param name="Name">The host name.</param>
/// <param name="Port">0 to 65535.</param>
/// <param name="Family">Whether one family only is wanted (<c>ipv4@</c>, <c>ipv6@</c>).</param>
public sealed record NamedEndpoint(string Name, int Port, AddressFamilyWish Family = AddressFamilyWish.Any) : Endpoint;

/// <summary>A Unix stream socket in the file system.</summary>
public sealed record UnixEndpoint(string Path) : Endpoint;

/// <summary>A Unix stream socket in the abstract name space; the name is padded with zero bytes to the full length.</summary>
public sealed record AbstractEndpoint(string Name) : Endpoint;

/// <summary>A descriptor that the process inherits (<c>fd@n</c>).</summary>
public sealed record DescriptorEndpoint(int Descriptor) : Endpoint;

/// <summary>The address family a name is to be resolved in.</summary>
public enum AddressFamilyWish
{
    /// <summary>Whichever the resolver returns first.</summary>
    Any,

    /// <summary>IPv4 only.</summary>
    IPv4,

    /// <summary>IPv6 only.</summary>
    IPv6,
}
