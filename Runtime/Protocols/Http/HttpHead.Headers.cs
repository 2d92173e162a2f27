namespace Dropin.Runtime.Protocols.Http;

public sealed partial class HttpHead
{
    /// <summary>Number of header slots, removed ones included: the range of indices.</summary>
    public int FieldCount => _count;

    /// <summary>Header lines that are not removed.</summary>
    public int LiveCount
    {
        get
        {
            var live = 0;
            for (var i = 0; i < _count; i++)
                if (!_fields[i].Removed) live++;
            return live;
        }
    }

    /// <summary>A header slot; look at <see cref="HeaderField.Removed"/> before using it.</summary>
    public ref readonly HeaderField Field(int index) => ref _fields[index];

    /// <summary>The lower-case name of a header.</summary>
    public ReadOnlySpan<byte> NameOf(int index) => Span(_fields[index].Name);

    /// <summary>The whole value of a header.</summary>
    public ReadOnlySpan<byte> ValueOf(int index) => Span(_fields[index].Value);

    /// <summary>Finds the next header of that name. Start with a cursor of 0; it moves past the hit.</summary>
    /// <returns>The index, or -1 when there is none left.</returns>
    public int Find(KnownHeader header, ref int cursor)
    {
        var fields = _fields.AsSpan(0, _count);
        for (var i = cursor; i < fields.Length; i++)
        {
            if (fields[i].Known != header || fields[i].Removed) continue;
            cursor = i + 1;
            return i;
        }

        cursor = fields.Length;
        return -1;
    }

    /// <summary>Finds the next header of that name, in any case. Start with a cursor of 0; it moves past the hit.</summary>
    /// <returns>The index, or -1 when there is none left.</returns>
    public int Find(ReadOnlySpan<byte> name, ref int cursor)
    {
        var known = KnownHeaders.Of(name);
        if (known != KnownHeader.Other) return Find(known, ref cursor);
        var fields = _fields.AsSpan(0, _count);
        for (var i = cursor; i < fields.Length; i++)
        {
            ref readonly var field = ref fields[i];
            if (field.Name.Length != name.Length || field.Removed || field.Known != KnownHeader.Other) continue;
            if (!System.Text.Ascii.EqualsIgnoreCase(Span(field.Name), name)) continue;
            cursor = i + 1;
            return i;
        }

        cursor = fields.Length;
        return -1;
    }

    /// <summary>The first header of that name, or -1.</summary>
    public int First(KnownHeader header)
    {
        var cursor = 0;
        return Find(header, ref cursor);
    }

    /// <summary>The first header of that name, or -1.</summary>
    public int First(ReadOnlySpan<byte> name)
    {
        var cursor = 0;
        return Find(name, ref cursor);
    }

    /// <summary>The last header of that name, or -1.</summary>
    public int Last(ReadOnlySpan<byte> name)
    {
        var cursor = 0;
        var last = -1;
        for (var index = Find(name, ref cursor); index >= 0; index = Find(name, ref cursor)) last = index;
        return last;
    }

    /// <summary>The comma-separated values of all headers of that name, in order, as HAProxy's <c>hdr()</c> sees them (manual chapter 7.3.6).</summary>
    public HeaderValues Values(ReadOnlySpan<byte> name) => new(this, name);
}
