using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Halog.Lines;

/// <summary>Cuts a descriptor's bytes into lines of any length, in one buffer that grows only for lines that do not fit.</summary>
internal sealed class LineReader(int descriptor)
{
    private const int Block = 256 * 1024;

    private byte[] _buffer = new byte[Block];
    private int _start, _end, _searched;
    private bool _finished;

    /// <summary>The next line without its line feed and cut at its first byte 0, valid until the next call. False at the end; an unreadable file ends here.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var cut = -1; // where the first byte 0 is, from the line's start
        while (true)
        {
            var found = _buffer.AsSpan(_searched, _end - _searched).IndexOfAny((byte)'\n', (byte)0);
            if (found >= 0)
            {
                var place = _searched + found;
                _searched = place + 1;
                if (_buffer[place] == 0)
                {
                    if (cut < 0) cut = place - _start;
                    continue;
                }
                line = _buffer.AsSpan(_start, cut < 0 ? place - _start : cut);
                _start = _searched;
                return true;
            }
            _searched = _end;
            if (!_finished)
            {
                Fill();
                continue;
            }
            // The last line may lack its line feed.
            var some = _end > _start;
            line = _buffer.AsSpan(_start, cut < 0 ? _end - _start : cut);
            _start = _end;
            return some;
        }
    }

    /// <summary>Counts the lines that are left without looking into them, at most <paramref name="limit"/>.</summary>
    public long Count(long limit)
    {
        var count = 0L;
        var open = false; // whether bytes follow the last line feed
        while (!_finished && count < limit)
        {
            Fill();
            var read = _buffer.AsSpan(_start, _end - _start);
            if (read.IsEmpty) break;
            count += read.Count((byte)'\n');
            open = read[^1] != '\n';
            _start = _end = _searched = 0;
        }
        return Math.Min(limit, open ? count + 1 : count);
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = Descriptors.Read(descriptor, _buffer.AsSpan(_end), out _);
        if (count <= 0) _finished = true;
        else _end += count;
    }
}
