namespace Dropin.Runtime.Proxy.Balance;

/// <summary>What a hashing algorithm goes by: the hash of the request's key, or that the request has none and the next server in turn serves it.</summary>
/// <param name="IsKnown">Whether the request has the key.</param>
/// <param name="Value">The key's hash, avalanche applied where asked for.</param>
public readonly record struct BalanceHash(bool IsKnown, uint Value)
{
    /// <summary>The request has no key.</summary>
    public static readonly BalanceHash None;
}
