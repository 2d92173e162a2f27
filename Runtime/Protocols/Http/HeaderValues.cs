using Dropin.Runtime.Buffers;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>
/// Walks the comma-separated values of all headers of one name. A comma inside double quotes does not separate; a backslash inside them hides the
/// next byte. Any comma outside separates, in dates and cookies too: whole lines are <see cref="HttpHead.Find(ReadOnlySpan{byte}, ref int)"/>'s
/// business, as in HAProxy's <c>fhdr()</c>.
/// </summary>
public ref struct HeaderValues
{
    private readonly HttpHead _head;
    private readonly ReadOnlySpan<byte> _name;
    private int _cursor;
    private int _next;
    private int _end;

    internal HeaderValues(HttpHead head, ReadOnlySpan<byte> name)
    {
        _head = head;
        _name = name;
        Field = -1;
        _next = -1;
    }

    /// <summary>The header the current value belongs to.</summary>
    public int Field { get; private set; }

    /// <summary>The current value's range, blanks around it left out.</summary>
    public Slice Range { get; private set; }

    /// <summary>The current value.</summary>
    public readonly ReadOnlySpan<byte> Current => _head.Span(Range);

    /// <summary>For <c>foreach</c>.</summary>
    public readonly HeaderValues GetEnumerator() => this;

    /// <summary>Steps to the next value. An empty header counts as one empty value.</summary>
    public bool MoveNext()
    {
        if (_next < 0 || _next > _end)
        {
            Field = _head.Find(_name, ref _cursor);
            if (Field < 0) return false;
            var value = _head.Field(Field).Value;
            _next = value.Start;
            _end = value.End;
        }

        var block = _head.Block;
        var start = _next;
        var stop = start + NextComma(new ReadOnlySpan<byte>(block, start, _end - start));
        _next = stop + 1;
        while (start < stop && block[start] is (byte)' ' or (byte)'\t') start++;
        while (stop > start && block[stop - 1] is (byte)' ' or (byte)'\t') stop--;
        Range = new Slice(start, stop - start);
        return true;
    }

    /// <summary>Offset of the first comma that separates, or the length.</summary>
    internal static int NextComma(ReadOnlySpan<byte> value)
    {
        var comma = value.IndexOfAny((byte)',', (byte)'"');
        if (comma < 0) return value.Length;
        if (value[comma] == ',') return comma;
        var quoted = false;
        for (var i = comma; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '"') quoted = !quoted;
            else if (c == '\\' && quoted) i++;
            else if (c == ',' && !quoted) return i;
        }

        return value.Length;
    }
}
