using System.Text;

namespace Dropin.Runtime.Protocols.AgentX;

/// <summary>Kinds of values, by their numbers on the wire (RFC 2741 5.4).</summary>
public enum SnmpType : ushort
{
    /// <summary>A signed number of 32 bits.</summary>
    Integer = 2,

    /// <summary>Bytes.</summary>
    OctetString = 4,

    /// <summary>Nothing.</summary>
    Null = 5,

    /// <summary>A name.</summary>
    ObjectIdentifier = 6,

    /// <summary>The 4 bytes of an IPv4 address.</summary>
    IpAddress = 64,

    /// <summary>A count of 32 bits that wraps.</summary>
    Counter32 = 65,

    /// <summary>An unsigned number of 32 bits (Unsigned32 too).</summary>
    Gauge32 = 66,

    /// <summary>Hundredths of a second.</summary>
    TimeTicks = 67,

    /// <summary>Bytes that mean something to others.</summary>
    Opaque = 68,

    /// <summary>A count of 64 bits.</summary>
    Counter64 = 70,

    /// <summary>There is no such object.</summary>
    NoSuchObject = 128,

    /// <summary>There is such an object, but not this instance of it.</summary>
    NoSuchInstance = 129,

    /// <summary>Nothing comes behind.</summary>
    EndOfMibView = 130,
}

/// <summary>One value of SNMP.</summary>
public readonly record struct SnmpValue
{
    private readonly long _number;
    private readonly byte[]? _bytes;
    private readonly ObjectId _name;

    private SnmpValue(SnmpType type, long number = 0, byte[]? bytes = null, ObjectId name = default) => (Type, _number, _bytes, _name) = (type, number, bytes, name);

    /// <summary>What it is.</summary>
    public SnmpType Type { get; }

    /// <summary>Its number; 0 where it is none. Counter64: the bits of an unsigned number.</summary>
    public long Number => _number;

    /// <summary>Its bytes; empty where it is a number or a name.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Its name; empty where it is none.</summary>
    public ObjectId Name => _name;

    /// <summary>A value without a content: Null, NoSuchObject, NoSuchInstance, EndOfMibView.</summary>
    public static SnmpValue Of(SnmpType type) => new(type);

    /// <summary>A signed number.</summary>
    public static SnmpValue Integer(int number) => new(SnmpType.Integer, number);

    /// <summary>TruthValue and its like: 1 for yes, 2 for no.</summary>
    public static SnmpValue Truth(bool holds) => Integer(holds ? 1 : 2);

    /// <summary>An unsigned number.</summary>
    public static SnmpValue Gauge(uint number) => new(SnmpType.Gauge32, number);

    /// <summary>A count; only its lower half is kept.</summary>
    public static SnmpValue Counter32(ulong number) => new(SnmpType.Counter32, (uint)number);

    /// <summary>A count.</summary>
    public static SnmpValue Counter64(ulong number) => new(SnmpType.Counter64, (long)number);

    /// <summary>Hundredths of a second; what does not fit wraps.</summary>
    public static SnmpValue Ticks(long hundredths) => new(SnmpType.TimeTicks, (uint)hundredths);

    /// <summary>Bytes.</summary>
    public static SnmpValue Octets(params ReadOnlySpan<byte> bytes) => new(SnmpType.OctetString, 0, bytes.ToArray());

    /// <summary>A text.</summary>
    public static SnmpValue Text(string text) => new(SnmpType.OctetString, 0, Encoding.UTF8.GetBytes(text));

    /// <summary>An IPv4 address.</summary>
    public static SnmpValue IpAddress(params ReadOnlySpan<byte> bytes) => new(SnmpType.IpAddress, 0, bytes.ToArray());

    /// <summary>A name.</summary>
    public static SnmpValue ObjectIdentifier(ObjectId name) => new(SnmpType.ObjectIdentifier, 0, null, name);

    internal static SnmpValue Raw(SnmpType type, byte[] bytes) => new(type, 0, bytes);

    internal static SnmpValue Raw(SnmpType type, long number) => new(type, number);

    /// <inheritdoc/>
    public bool Equals(SnmpValue other) => Type == other.Type && _number == other._number && Bytes.SequenceEqual(other.Bytes) && _name == other._name;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _number, Bytes.Length, _name);
}

/// <summary>A name with its value (RFC 2741 5.4).</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct VarBind(ObjectId Name, SnmpValue Value);
