namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>One pair of a Cookie or Set-Cookie header: offsets into its value.</summary>
/// <param name="Before">Where the delimiter before it stands, or 0 at the beginning.</param>
/// <param name="Name">First byte of the name.</param>
/// <param name="NameEnd">Behind the name, blanks left out.</param>
/// <param name="Value">First byte of the value; the end of the name where there is no equal sign.</param>
/// <param name="ValueEnd">Behind the value, blanks left out.</param>
/// <param name="Next">Where the delimiter behind it stands, or the length.</param>
/// <param name="HasValue">Whether there is an equal sign.</param>
internal readonly record struct CookiePair(int Before, int Name, int NameEnd, int Value, int ValueEnd, int Next, bool HasValue);

/// <summary>Reads and cuts the value of a Cookie header, as the original does: commas separate as semicolons do, double quotes protect both.</summary>
internal static class CookieLine
{
    /// <summary>The pair whose delimiter (or the beginning) stands at an offset.</summary>
    public static CookiePair Read(ReadOnlySpan<byte> line, int before)
    {
        var at = before;
        if (at < line.Length && IsDelimiter(line[at]))
        {
            at++;
        }

        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        var name = at;
        while (at < line.Length && line[at] != '=' && !IsDelimiter(line[at]))
        {
            at++;
        }

        var nameEnd = TrimEnd(line, name, at);
        if (at == line.Length || line[at] != '=')
        {
            return new CookiePair(before, name, nameEnd, nameEnd, nameEnd, at, HasValue: false);
        }

        at++;
        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        var value = at;
        var quoted = false;
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted && c == '\\' && at + 1 < line.Length)
            {
                at++;
            }
            else if (!quoted && IsDelimiter(c))
            {
                break;
            }
        }

        at = Math.Min(at, line.Length);
        return new CookiePair(before, name, nameEnd, value, TrimEnd(line, value, at), at, HasValue: true);
    }

    /// <summary>Cuts a pair out. Between two others one delimiter and one space stay.</summary>
    /// <param name="line">The bytes, changed in place.</param>
    /// <param name="length">How many count; becomes less.</param>
    /// <param name="from">The delimiter before the pair, or 0.</param>
    /// <param name="next">The delimiter behind it, or the length.</param>
    /// <returns>Where the next pair's delimiter stands now.</returns>
    public static int Cut(Span<byte> line, ref int length, int from, int next)
    {
        if (from == 0)
        {
            var rest = next;
            if (rest < length)
            {
                rest++;
            }

            rest = SkipBlanks(line[..length], rest);
            line[rest..length].CopyTo(line);
            length -= rest;
            return 0;
        }

        if (next >= length)
        {
            length = from;
            return from;
        }

        var delimiter = line[from];
        var keep = from;
        while (keep > 0 && IsBlank(line[keep - 1]))
        {
            keep--;
        }

        var tail = SkipBlanks(line[..length], next + 1);
        line[keep] = delimiter;
        line[keep + 1] = (byte)' ';
        line[tail..length].CopyTo(line[(keep + 2)..]);
        length -= tail - keep - 2;
        return keep;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        return at;
    }

    private static int TrimEnd(ReadOnlySpan<byte> line, int start, int end)
    {
        while (end > start && IsBlank(line[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static bool IsDelimiter(byte c) => c is (byte)';' or (byte)',';

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t';
}
