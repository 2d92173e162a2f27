using System.Globalization;

namespace Dropin.Runtime.Protocols.AgentX;

/// <summary>The name of an object of SNMP: numbers whose order is that of the tree (RFC 2578 3.5, 7.1.3).</summary>
public readonly struct ObjectId : IComparable<ObjectId>, IEquatable<ObjectId>
{
    /// <summary>The most numbers that a name has (RFC 2578 3.5).</summary>
    public const int Most = 128;

    private readonly uint[]? _numbers;

    /// <summary>Of numbers; the array is not copied.</summary>
    public ObjectId(params uint[] numbers) => _numbers = numbers;

    /// <summary>Its numbers.</summary>
    public ReadOnlySpan<uint> Numbers => _numbers;

    /// <summary>How many numbers it has; the empty name (0) is RFC 2741's null.</summary>
    public int Length => _numbers?.Length ?? 0;

    /// <summary>Whether two names are the same.</summary>
    public static bool operator ==(ObjectId left, ObjectId right) => left.Equals(right);

    /// <summary>Whether two names differ.</summary>
    public static bool operator !=(ObjectId left, ObjectId right) => !left.Equals(right);

    /// <summary>Whether one stands before another.</summary>
    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one stands behind another.</summary>
    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one stands before another, or is it.</summary>
    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one stands behind another, or is it.</summary>
    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;

    /// <summary>This name with more numbers behind it.</summary>
    public ObjectId With(params ReadOnlySpan<uint> more) => new([.. Numbers, .. more]);

    /// <summary>Whether it lies below another name, or is it.</summary>
    public bool IsBelow(ObjectId other) => Numbers.StartsWith(other.Numbers);

    /// <inheritdoc/>
    public int CompareTo(ObjectId other) => Numbers.SequenceCompareTo(other.Numbers);

    /// <inheritdoc/>
    public bool Equals(ObjectId other) => Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var number in Numbers)
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => "." + string.Join('.', (_numbers ?? []).Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
