using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Patterns;

/// <summary>Equal text or bytes (<c>-m str</c>, <c>-m bin</c>): a table of our own, so that a look-up in 100,000 patterns is one probe.</summary>
internal sealed class EqualMatcher : PatternMatcher
{
    private readonly byte[][] _patterns;
    private readonly int[] _slots;
    private readonly bool _ignoreCase;
    private readonly SampleType _type;

    public EqualMatcher(byte[][] patterns, bool ignoreCase, SampleType type)
    {
        _patterns = patterns;
        _ignoreCase = ignoreCase;
        _type = type;
        var size = 4;
        while (size < patterns.Length * 2)
        {
            size *= 2;
        }

        _slots = new int[size];
        for (var i = 0; i < patterns.Length; i++)
        {
            if (IndexOf(patterns[i]) >= 0)
            {
                continue;
            }

            var slot = (int)(Hash(patterns[i]) & (uint)(size - 1));
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (size - 1);
            }

            _slots[slot] = i + 1;
        }
    }

    public override int Find(RuleSubject subject, ref Sample sample) =>
        SampleCasts.TryCast(subject, ref sample, _type) ? IndexOf(sample.Bytes) : -1;

    private int IndexOf(ReadOnlySpan<byte> key)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(Hash(key) & (uint)mask); _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var candidate = _patterns[_slots[slot] - 1];
            if (_ignoreCase ? TextComparison.EqualsIgnoreCase(candidate, key) : key.SequenceEqual(candidate))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    private uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 2166136261u;
        foreach (var b in key)
        {
            var c = _ignoreCase && b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
            hash = (hash ^ c) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}

/// <summary>Beginnings of text (<c>-m beg</c>): of several, the longest wins; where case is ignored, the first, as in the original.</summary>
internal sealed class BeginMatcher : PatternMatcher
{
    // Short lists are walked, the longest first; for long ones there is a table of each length that occurs.
    private readonly (byte[] Text, int Index)[] _ordered;
    private readonly (int Length, EqualMatcher Table, int[] Indices)[]? _byLength;
    private readonly bool _ignoreCase;

    public BeginMatcher(byte[][] patterns, bool ignoreCase)
    {
        _ignoreCase = ignoreCase;
        _ordered = new (byte[], int)[patterns.Length];
        for (var i = 0; i < patterns.Length; i++)
        {
            _ordered[i] = (patterns[i], i);
        }

        if (ignoreCase)
        {
            return;
        }

        Array.Sort(_ordered, static (a, b) => a.Text.Length == b.Text.Length ? a.Index - b.Index : b.Text.Length - a.Text.Length);
        if (patterns.Length <= 16)
        {
            return;
        }

        var tables = new List<(int, EqualMatcher, int[])>();
        for (var i = 0; i < _ordered.Length;)
        {
            var length = _ordered[i].Text.Length;
            var texts = new List<byte[]>();
            var indices = new List<int>();
            for (; i < _ordered.Length && _ordered[i].Text.Length == length; i++)
            {
                texts.Add(_ordered[i].Text);
                indices.Add(_ordered[i].Index);
            }

            tables.Add((length, new EqualMatcher([.. texts], ignoreCase, SampleType.Text), [.. indices]));
        }

        _byLength = [.. tables];
    }

    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            return -1;
        }

        var text = sample.Bytes;
        if (_byLength is not null)
        {
            foreach (var (length, table, indices) in _byLength)
            {
                if (length > text.Length)
                {
                    continue;
                }

                var head = default(Sample);
                head.SetText(text[..length]);
                if (table.Find(subject, ref head) is >= 0 and var found)
                {
                    return indices[found];
                }
            }

            return -1;
        }

        foreach (var (pattern, index) in _ordered)
        {
            if (text.Length >= pattern.Length && TextComparison.Equals(text[..pattern.Length], pattern, _ignoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>Ends of text (<c>-m end</c>).</summary>
internal sealed class EndMatcher(byte[][] patterns, bool ignoreCase) : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            return -1;
        }

        for (var i = 0; i < patterns.Length; i++)
        {
            var pattern = patterns[i];
            if (sample.Bytes.Length >= pattern.Length && TextComparison.Equals(sample.Bytes[^pattern.Length..], pattern, ignoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Parts of text anywhere (<c>-m sub</c>).</summary>
internal sealed class SubstringMatcher(byte[][] patterns, bool ignoreCase) : PatternMatcher
{
    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            return -1;
        }

        for (var i = 0; i < patterns.Length; i++)
        {
            if (TextComparison.IndexOf(sample.Bytes, patterns[i], ignoreCase) >= 0)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Parts of text between delimiters: slashes (<c>-m dir</c>), or slashes, dots, colons and question marks (<c>-m dom</c>).</summary>
/// <remarks>Delimiters at the ends of a pattern are not looked at.</remarks>
internal sealed class WordMatcher : PatternMatcher
{
    private readonly byte[][] _patterns;
    private readonly byte[] _delimiters;
    private readonly bool _ignoreCase;

    public WordMatcher(byte[][] patterns, byte[] delimiters, bool ignoreCase)
    {
        _patterns = Array.ConvertAll(patterns, p => p.AsSpan().Trim(delimiters).ToArray());
        _delimiters = delimiters;
        _ignoreCase = ignoreCase;
    }

    public override int Find(RuleSubject subject, ref Sample sample)
    {
        if (!SampleCasts.TryCast(subject, ref sample, SampleType.Text))
        {
            return -1;
        }

        for (var i = 0; i < _patterns.Length; i++)
        {
            if (Contains(sample.Bytes, _patterns[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private bool Contains(ReadOnlySpan<byte> text, byte[] pattern)
    {
        if (pattern.Length > text.Length || pattern.Length == 0)
        {
            return false;
        }

        var mayMatch = true;
        for (var at = 0; at <= text.Length - pattern.Length; at++)
        {
            if (_delimiters.AsSpan().Contains(text[at]))
            {
                mayMatch = true;
                continue;
            }

            if (!mayMatch)
            {
                continue;
            }

            if (TextComparison.Equals(text.Slice(at, pattern.Length), pattern, _ignoreCase)
                && (at + pattern.Length == text.Length || _delimiters.AsSpan().Contains(text[at + pattern.Length])))
            {
                return true;
            }

            mayMatch = false;
        }

        return false;
    }
}

/// <summary>Comparisons of bytes with or without the case of ASCII letters; all other bytes count as they are.</summary>
internal static class TextComparison
{
    public static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool ignoreCase) =>
        ignoreCase ? EqualsIgnoreCase(left, right) : left.SequenceEqual(right);

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part, bool ignoreCase)
    {
        if (!ignoreCase)
        {
            return text.IndexOf(part);
        }

        for (var at = 0; at <= text.Length - part.Length; at++)
        {
            if (EqualsIgnoreCase(text.Slice(at, part.Length), part))
            {
                return at;
            }
        }

        return -1;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
