using System.Buffers.Text;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Halog.Output;

/// <summary>What is printed, in large pieces. Where the reader has gone, the program ends by SIGPIPE as any filter does.</summary>
internal sealed class OutputBuffer(int descriptor)
{
    private const int PipeSignal = 13, BrokenPipe = 32;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _used;

    /// <summary>Adds bytes.</summary>
    public OutputBuffer Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                Write(bytes);
                return this;
            }
        }
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
        return this;
    }

    /// <summary>Adds one byte.</summary>
    public OutputBuffer Add(byte value) => Add([value]);

    /// <summary>Adds a number in decimal.</summary>
    public OutputBuffer Add(long number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out var length);
        return Add(digits[..length]);
    }

    /// <summary>Adds a number in decimal.</summary>
    public OutputBuffer Add(ulong number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out var length);
        return Add(digits[..length]);
    }

    /// <summary>Adds a number in decimal with zeros before it until it has <paramref name="width"/> digits.</summary>
    public OutputBuffer AddPadded(ulong number, byte width)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out var length, new('D', width));
        return Add(digits[..length]);
    }

    /// <summary>Adds a number with a fixed number of decimals; exact halves go to the even digit, as printf(3) has it.</summary>
    public OutputBuffer AddFixed(double number, int decimals)
    {
        var scale = 1u;
        for (var i = 0; i < decimals; i++) scale *= 10;
        var scaled = RoundedToEven(number, scale);
        Add(scaled / scale);
        Add((byte)'.');
        return AddPadded(scaled % scale, (byte)decimals);
    }

    /// <summary>Writes what is there.</summary>
    public void Flush()
    {
        Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    // number * scale, rounded from the exact value of the double; for positive numbers below 2^60.
    private static ulong RoundedToEven(double number, uint scale)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number);
        var exponent = (int)(bits >> 52) - 1075;
        UInt128 mantissa = exponent == -1075 ? 0 : (bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;
        mantissa *= scale;
        if (exponent >= 0) return (ulong)(mantissa << exponent);
        if (exponent < -120) return 0;
        var whole = mantissa >> -exponent;
        var rest = mantissa - (whole << -exponent);
        var half = UInt128.One << (-exponent - 1);
        if (rest > half || (rest == half && !UInt128.IsEvenInteger(whole))) whole++;
        return (ulong)whole;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (Descriptors.WriteAll(descriptor, bytes).Code == BrokenPipe) Ending.DieOf(PipeSignal);
    }
}
