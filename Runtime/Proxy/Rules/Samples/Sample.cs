using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>A value on its way through an expression (configuration manual 7.3).</summary>
/// <remarks>
/// The bytes lie in a message, in the configuration or in the subject's scratch; they die with the next edit of the message and with the end of
/// the evaluation. Whoever keeps a value copies it.
/// </remarks>
public ref struct Sample
{
    /// <summary>What it is; never <see cref="SampleType.Any"/> or <see cref="SampleType.Address"/>.</summary>
    public SampleType Type;

    /// <summary>The value of a bool (0 or 1) or an integer.</summary>
    public long Number;

    /// <summary>The value of everything else; 4 or 16 bytes of an address.</summary>
    public ReadOnlySpan<byte> Bytes;

    /// <summary>Makes it a bool.</summary>
    public bool SetBool(bool value)
    {
        Type = SampleType.Bool;
        Number = value ? 1 : 0;
        Bytes = default;
        return true;
    }

    /// <summary>Makes it an integer.</summary>
    public bool SetInteger(long value)
    {
        Type = SampleType.Integer;
        Number = value;
        Bytes = default;
        return true;
    }

    /// <summary>Makes it text.</summary>
    public bool SetText(ReadOnlySpan<byte> value)
    {
        Type = SampleType.Text;
        Bytes = value;
        return true;
    }

    /// <summary>Makes it bytes.</summary>
    public bool SetBinary(ReadOnlySpan<byte> value)
    {
        Type = SampleType.Binary;
        Bytes = value;
        return true;
    }

    /// <summary>Makes it an address of 4 or 16 bytes; false where there is none.</summary>
    public bool SetAddress(ReadOnlySpan<byte> value)
    {
        Type = value.Length == 16 ? SampleType.IPv6 : SampleType.IPv4;
        Bytes = value;
        return value.Length is 4 or 16;
    }
}
