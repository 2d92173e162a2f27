namespace Dropin.Compat.Halog.Lines;

/// <summary>The five durations of an HTTP line in milliseconds; -1 stands for what did not take place.</summary>
internal readonly record struct Durations(int Request, int Queue, int Connect, int Response, int Total)
{
    /// <summary>Whether one of the five did not take place.</summary>
    public bool Incomplete => (Request | Queue | Connect | Response | Total) < 0;

    /// <summary>The response time, or the whole time where there was no response.</summary>
    public int ResponseOrTotal => Response >= 0 ? Response : Total;

    /// <summary>What is left of the whole time: the transfer.</summary>
    public int Data => unchecked(Total - (Request + Queue + Connect + Response));

    /// <summary>Reads five numbers between slashes. False when the field has fewer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int place, out Durations durations)
    {
        durations = default;
        Span<int> read = stackalloc int[5];
        for (var i = 0; ; i++)
        {
            if (place >= text.Length || text[place] <= ' ') return false;
            read[i] = Math.Max(Numbers.Signed(text, ref place), -1);
            if (i == 4) break;
            if (!SkipSlash(text, ref place)) return false;
        }
        durations = new(read[0], read[1], read[2], read[3], read[4]);
        return true;
    }

    /// <summary>The place of the response time: behind the third slash. False when the field has fewer, as those of TCP lines have.</summary>
    public static bool TryFindResponse(ReadOnlySpan<byte> text, ref int place)
    {
        for (var i = 0; i < 3; i++)
            if (!SkipSlash(text, ref place)) return false;
        return place < text.Length && text[place] > ' ';
    }

    private static bool SkipSlash(ReadOnlySpan<byte> text, ref int place)
    {
        for (; place < text.Length && text[place] > ' '; place++)
            if (text[place] == '/')
            {
                place++;
                return true;
            }
        return false;
    }
}
