using System.Text;

namespace Dropin.Runtime.Sys.Pcre2;

/// <summary>A compiled regular expression with the semantics of PCRE2, as the original has them; JIT where the library can.</summary>
/// <remarks>An object may be used by all threads at once. It lives as long as the configuration it comes from.</remarks>
public sealed unsafe class CompiledRegex
{
    /// <summary>Most groups whose places are told, the whole match included.</summary>
    public const int MaxGroups = 10;

    // Match data hold the places of groups; one for each thread is enough, since a match ends before the next one begins.
    [ThreadStatic]
    private static nint t_data;

    private readonly nint _code;

    private CompiledRegex(nint code) => _code = code;

    /// <summary>Gives the code back.</summary>
    ~CompiledRegex() => Pcre2Native.FreeCode(_code);

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern's bytes.</param>
    /// <param name="ignoreCase">Whether case is ignored.</param>
    /// <param name="error">The library's words for what is wrong; null when nothing is.</param>
    /// <param name="offset">Where it is wrong.</param>
    public static CompiledRegex? TryCompile(ReadOnlySpan<byte> pattern, bool ignoreCase, out string? error, out int offset)
    {
        int number;
        nuint place;
        nint code;
        fixed (byte* bytes = pattern)
        {
            byte nothing = 0;
            code = Pcre2Native.Compile(
                bytes is null ? &nothing : bytes, (nuint)pattern.Length, ignoreCase ? Pcre2Native.Caseless : 0, &number, &place, 0);
        }

        offset = (int)place;
        error = null;
        if (code != 0)
        {
            _ = Pcre2Native.JitCompile(code, Pcre2Native.JitComplete);
            return new CompiledRegex(code);
        }

        var text = stackalloc byte[256];
        var length = Pcre2Native.GetErrorMessage(number, text, 256);
        error = length > 0 ? Encoding.Latin1.GetString(text, length) : "unknown error";
        return null;
    }

    /// <summary>Whether the expression matches somewhere.</summary>
    public bool IsMatch(ReadOnlySpan<byte> subject) => Match(subject, 0, default) > 0;

    /// <summary>Matches from a place on.</summary>
    /// <param name="subject">The bytes.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="groups">Start and end of the match and of its groups, in pairs; -1 for a group that took no part.</param>
    /// <param name="notAtStart">The subject is not the beginning of its text: "^" does not match there.</param>
    /// <returns>How many pairs are set; 0 where nothing matches.</returns>
    public int Match(ReadOnlySpan<byte> subject, int start, Span<int> groups, bool notAtStart = false)
    {
        if (t_data == 0)
        {
            t_data = Pcre2Native.CreateMatchData(MaxGroups, 0);
        }

        int count;
        byte nothing = 0;
        fixed (byte* bytes = subject)
        {
            count = Pcre2Native.Match(_code, bytes is null ? &nothing : bytes, (nuint)subject.Length, (nuint)start, notAtStart ? Pcre2Native.NotBeginning : 0, t_data, 0);
        }

        if (count < 0)
        {
            return 0;
        }

        var found = count == 0 ? MaxGroups : count;
        var places = Pcre2Native.GetOvector(t_data);
        var most = Math.Min(found, groups.Length / 2);
        for (var i = 0; i < most * 2; i++)
        {
            groups[i] = places[i] == nuint.MaxValue ? -1 : (int)places[i];
        }

        return found;
    }
}
