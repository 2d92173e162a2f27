using Dropin.Runtime.Buffers;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>Edits. Each returns false when the block cannot take it even after compaction; nothing has changed then, and HAProxy fails the message
/// (500 for a request, 502 for a response; manual: <c>tune.maxrewrite</c>).</summary>
public sealed partial class HttpHead
{
    /// <summary>Appends a header. The name is written in lower case.</summary>
    public bool Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!TryReserve(name.Length + value.Length + 4)) return false;
        AppendField(name, KnownHeaders.Of(name), value);
        return true;
    }

    /// <summary>Appends a header.</summary>
    public bool Add(KnownHeader header, ReadOnlySpan<byte> value)
    {
        var name = KnownHeaders.Name(header);
        if (!TryReserve(name.Length + value.Length + 4)) return false;
        AppendField(name, header, value);
        return true;
    }

    /// <summary>Puts a header in front of all others.</summary>
    public bool AddFirst(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!Add(name, value)) return false;
        var added = _fields[_count - 1];
        Array.Copy(_fields, 0, _fields, 1, _count - 1);
        _fields[0] = added;
        return true;
    }

    /// <summary>Removes every header of that name, then appends the new one (<c>http-request set-header</c>).</summary>
    public bool Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!TryReserve(name.Length + value.Length + 4)) return false;
        Remove(name);
        AppendField(name, KnownHeaders.Of(name), value);
        return true;
    }

    /// <summary>Removes every header of that name.</summary>
    /// <returns>How many were removed.</returns>
    public int Remove(ReadOnlySpan<byte> name)
    {
        var cursor = 0;
        var removed = 0;
        for (var index = Find(name, ref cursor); index >= 0; index = Find(name, ref cursor))
        {
            _fields[index].Removed = true;
            removed++;
        }

        return removed;
    }

    /// <summary>Removes every header of that name.</summary>
    /// <returns>How many were removed.</returns>
    public int Remove(KnownHeader header)
    {
        var cursor = 0;
        var removed = 0;
        for (var index = Find(header, ref cursor); index >= 0; index = Find(header, ref cursor))
        {
            _fields[index].Removed = true;
            removed++;
        }

        return removed;
    }

    /// <summary>Removes one header.</summary>
    public void RemoveAt(int index) => _fields[index].Removed = true;

    /// <summary>Removes one value of a comma-separated header, and the header when that was its last.</summary>
    /// <param name="index">The header.</param>
    /// <param name="value">A range inside its value, as <see cref="HeaderValues.Range"/> gives it; the comma beside it goes too.</param>
    public bool RemoveValue(int index, Slice value)
    {
        ref var field = ref _fields[index];
        var whole = field.Value;
        var before = value.Start;
        while (before > whole.Start && _block[before - 1] != (byte)',') before--;
        var after = value.End;
        while (after < whole.End && _block[after] != (byte)',') after++;
        if (before == whole.Start && after == whole.End)
        {
            field.Removed = true;
            return true;
        }

        if (after < whole.End) after++;
        else before--;
        while (before == whole.Start && after < whole.End && _block[after] is (byte)' ' or (byte)'\t') after++;
        var length = (before - whole.Start) + (whole.End - after);
        if (!TryReserve(length)) return false;

        // The reservation may have moved everything; the distances did not change.
        var moved = _fields[index].Value.Start;
        var head = new ReadOnlySpan<byte>(_block, moved, before - whole.Start);
        var tail = new ReadOnlySpan<byte>(_block, moved + (after - whole.Start), whole.End - after);
        var start = _used;
        head.CopyTo(_block.AsSpan(start));
        tail.CopyTo(_block.AsSpan(start + head.Length));
        _used += length;
        SetRange(index, new Slice(start, length));
        return true;
    }

    /// <summary>Replaces the whole value of one header, in place.</summary>
    public bool SetValue(int index, ReadOnlySpan<byte> value)
    {
        if (!TryAppend(value, out var range)) return false;
        SetRange(index, range);
        return true;
    }

    /// <summary>Replaces the method.</summary>
    public bool SetMethod(ReadOnlySpan<byte> method)
    {
        if (!TryAppend(method, out var range)) return false;
        Method = range;
        KnownMethod = KnownMethods.Of(method);
        return true;
    }

    /// <summary>Replaces the request's target.</summary>
    public bool SetUri(ReadOnlySpan<byte> uri)
    {
        if (!TryAppend(uri, out var range)) return false;
        Uri = range;
        return true;
    }

    /// <summary>Replaces the status, 100 to 999. Framing is left alone.</summary>
    public bool SetStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 999);
        Span<byte> digits = [(byte)('0' + (status / 100)), (byte)('0' + (status / 10 % 10)), (byte)('0' + (status % 10))];
        if (!TryAppend(digits, out var range)) return false;
        Status = status;
        StatusText = range;
        return true;
    }

    /// <summary>Replaces the reason phrase.</summary>
    public bool SetReason(ReadOnlySpan<byte> reason)
    {
        if (!TryAppend(reason, out var range)) return false;
        Reason = range;
        return true;
    }

    /// <summary>Begins a head made here rather than read: HTTP/1.1, no headers, no body.</summary>
    public bool StartResponse(int status, ReadOnlySpan<byte> reason)
    {
        Clear();
        Flags = HttpFlags.Response | HttpFlags.Version11;
        return SetStatus(status) && SetReason(reason);
    }

    /// <summary>Begins a request made here rather than read: HTTP/1.1, no headers, no body.</summary>
    public bool StartRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> uri)
    {
        Clear();
        Flags = HttpFlags.Version11;
        return SetMethod(method) && SetUri(uri);
    }

    /// <summary>Makes room for that many bytes at the end of the block, by compaction if it must. Spans into the block die, ranges held outside too.</summary>
    public bool TryReserve(int bytes)
    {
        if (bytes <= _block.Length - _used) return true;
        if (_pool is null || LiveBytes() + bytes > _block.Length) return false;
        Compact();
        return bytes <= _block.Length - _used;
    }

    /// <summary>Copies bytes to the end of the block, for a caller who builds a value in pieces.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes, out Slice range)
    {
        // Bytes that lie in this very block survive a compaction: the old block is given back only, and nobody rents in between.
        if (!TryReserve(bytes.Length))
        {
            range = default;
            return false;
        }

        range = new Slice(_used, bytes.Length);
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
        return true;
    }

    /// <summary>Adds a header whose bytes are in the block already (the parser's way in).</summary>
    internal void AppendParsed(Slice name, Slice value, KnownHeader known, bool canonical)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        ref var field = ref _fields[_count++];
        field.Name = name;
        field.Value = value;
        field.Known = known;
        field.Removed = false;
        field.Canonical = canonical;
    }

    /// <summary>Takes over a head as read: the ranges already given are offsets into it.</summary>
    internal void CopyHead(ReadOnlySpan<byte> head)
    {
        head.CopyTo(_block);
        _used = head.Length;
        for (var i = 0; i < _count; i++) LowerCase.InPlace(_block, _fields[i].Name);
    }

    /// <summary>The block's bytes, for the parser's repairs (folded lines).</summary>
    internal Span<byte> Writable(Slice slice) => new(_block, slice.Start, slice.Length);

    internal ref HeaderField FieldRef(int index) => ref _fields[index];

    private void SetRange(int index, Slice value)
    {
        ref var field = ref _fields[index];
        field.Value = value;
        field.Canonical = false;
    }

    private void AppendField(ReadOnlySpan<byte> name, KnownHeader known, ReadOnlySpan<byte> value)
    {
        var start = _used;
        var to = _block.AsSpan(start);
        name.CopyTo(to);
        LowerCase.InPlace(_block, new Slice(start, name.Length));
        to[name.Length] = (byte)':';
        to[name.Length + 1] = (byte)' ';
        value.CopyTo(to[(name.Length + 2)..]);
        to[name.Length + 2 + value.Length] = (byte)'\r';
        to[name.Length + 3 + value.Length] = (byte)'\n';
        _used += name.Length + value.Length + 4;
        AppendParsed(new Slice(start, name.Length), new Slice(start + name.Length + 2, value.Length), known, canonical: true);
    }

    private int LiveBytes()
    {
        var live = Method.Length + Uri.Length + Version.Length + StatusText.Length + Reason.Length;
        for (var i = 0; i < _count; i++)
            if (!_fields[i].Removed) live += _fields[i].Name.Length + _fields[i].Value.Length + 4;
        return live;
    }

    private void Compact()
    {
        var pool = _pool!;
        var old = _block;
        CompactInto(pool.Rent());
        pool.Return(old);
    }

    private void CompactInto(byte[] target)
    {
        var from = _block;
        var at = 0;
        Slice Move(Slice slice)
        {
            slice.Of(from).CopyTo(target.AsSpan(at));
            var moved = new Slice(at, slice.Length);
            at += slice.Length;
            return moved;
        }

        Method = Move(Method);
        Uri = Move(Uri);
        Version = Move(Version);
        StatusText = Move(StatusText);
        Reason = Move(Reason);
        for (var i = 0; i < _count; i++)
        {
            ref var field = ref _fields[i];
            if (field.Removed)
            {
                field.Name = field.Value = default;
                continue;
            }

            field.Name = Move(field.Name);
            target[at++] = (byte)':';
            target[at++] = (byte)' ';
            field.Value = Move(field.Value);
            target[at++] = (byte)'\r';
            target[at++] = (byte)'\n';
            field.Canonical = true;
        }

        _block = target;
        _used = at;
    }
}
