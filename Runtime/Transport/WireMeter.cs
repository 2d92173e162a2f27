namespace Dropin.Runtime.Transport;

/// <summary>Bytes on the wire of several connections, kept by one thread; readers may be a little late.</summary>
public sealed class WireMeter
{
    /// <summary>Bytes read.</summary>
    public long Read;

    /// <summary>Bytes written.</summary>
    public long Written;

    /// <summary>Streams under way on them.</summary>
    public int Streams;

    /// <summary>The bytes begin anew.</summary>
    public void Clear() => Read = Written = 0;
}
