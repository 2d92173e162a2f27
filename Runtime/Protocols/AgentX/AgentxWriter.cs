using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.AgentX;

/// <summary>Writes messages of AgentX (RFC 2741) behind one another, all in network byte order.</summary>
public sealed class AgentxWriter
{
    private byte[] _bytes = new byte[1024];
    private int _begin;
    private int _end;
    private int _message;

    /// <summary>What was written and not taken.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_begin, _end - _begin);

    /// <summary>Bytes of the message that is written.</summary>
    public int MessageBytes => _end - _message;

    /// <summary>That many bytes were taken from the front.</summary>
    public void Taken(int count)
    {
        _begin += count;
        if (_begin == _end)
        {
            (_begin, _end) = (0, 0);
        }
    }

    /// <summary>Everything is forgotten.</summary>
    public void Clear() => (_begin, _end, _message) = (0, 0, 0);

    /// <summary>Begins a message; its length is filled in by <see cref="End"/>.</summary>
    public void Begin(AgentxType type, uint session, uint transaction, uint packet)
    {
        MakeRoom(AgentxFormat.HeaderBytes);
        _message = _end;
        ((ReadOnlySpan<byte>)[AgentxFormat.Version, (byte)type, AgentxFormat.NetworkByteOrder, 0]).CopyTo(Take(4));
        Number(session);
        Number(transaction);
        Number(packet);
        Number(0);
    }

    /// <summary>Ends the message.</summary>
    public void End() => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_message + 16), (uint)(MessageBytes - AgentxFormat.HeaderBytes));

    /// <summary>The bytes of the message that is written, to be gone back to.</summary>
    public void CutTo(int messageBytes) => _end = _message + messageBytes;

    /// <summary>A number of 32 bits.</summary>
    public void Number(uint number) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), number);

    /// <summary>A number of 16 bits.</summary>
    public void Short(ushort number) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), number);

    /// <summary>Four single bytes.</summary>
    public void Bytes(byte first, byte second, byte third, byte fourth) => ((ReadOnlySpan<byte>)[first, second, third, fourth]).CopyTo(Take(4));

    /// <summary>A name.</summary>
    public void Name(ObjectId name)
    {
        Bytes((byte)name.Length, 0, 0, 0);
        foreach (var number in name.Numbers)
        {
            Number(number);
        }
    }

    /// <summary>Bytes, filled up to a multiple of 4.</summary>
    public void Octets(ReadOnlySpan<byte> octets)
    {
        Number((uint)octets.Length);
        var room = Take((octets.Length + 3) & ~3);
        room.Clear();
        octets.CopyTo(room);
    }

    /// <summary>A name with its value.</summary>
    public void Bind(in VarBind bind)
    {
        Short((ushort)bind.Value.Type);
        Short(0);
        Name(bind.Name);
        switch (bind.Value.Type)
        {
            case SnmpType.Integer or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                Number((uint)bind.Value.Number);
                break;
            case SnmpType.Counter64:
                BinaryPrimitives.WriteUInt64BigEndian(Take(8), (ulong)bind.Value.Number);
                break;
            case SnmpType.ObjectIdentifier:
                Name(bind.Value.Name);
                break;
            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                Octets(bind.Value.Bytes);
                break;
        }
    }

    private Span<byte> Take(int count)
    {
        MakeRoom(count);
        var room = _bytes.AsSpan(_end, count);
        _end += count;
        return room;
    }

    private void MakeRoom(int count)
    {
        if (_end + count <= _bytes.Length)
        {
            return;
        }

        if (_begin > 0)
        {
            _bytes.AsSpan(_begin, _end - _begin).CopyTo(_bytes);
            (_message, _end, _begin) = (_message - _begin, _end - _begin, 0);
        }

        if (_end + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + count));
        }
    }
}
