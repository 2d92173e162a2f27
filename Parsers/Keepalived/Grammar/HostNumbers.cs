using System.Globalization;
using Dropin.Parsers.Keepalived.Binding;
using Dropin.Parsers.Keepalived.Lexing;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Numbers that iproute2 knows names for.</summary>
internal static class HostNumbers
{
    /// <summary>A number or the name of one; null for neither.</summary>
    /// <param name="facts">The machine with its tables.</param>
    /// <param name="table">Which of them.</param>
    /// <param name="word">What was written.</param>
    /// <param name="max">The largest number.</param>
    public static uint? Find(IHostFacts facts, string table, string word, uint max)
    {
        if (Numbers.TryStrtol(word, out var number))
        {
            return number >= 0 && number <= max ? (uint)number : null;
        }

        return facts.FindNumber(table, word) is { } named && named <= max ? named : Known(table, word);
    }

    /// <summary>Those that the kernel itself defines, where the tables are not installed.</summary>
    private static uint? Known(string table, string word) => (table, word) switch
    {
        ("rt_scopes", "global" or "universe") => 0,
        ("rt_scopes", "site") => 200,
        ("rt_scopes", "link") => 253,
        ("rt_scopes", "host") => 254,
        ("rt_scopes", "nowhere") => 255,
        ("rt_tables", "default") => 253,
        ("rt_tables", "main") => 254,
        ("rt_tables", "local") => 255,
        ("rt_protos", "redirect") => 1,
        ("rt_protos", "kernel") => 2,
        ("rt_protos", "boot") => 3,
        ("rt_protos", "static") => 4,
        ("rt_protos", "bird") => 12,
        ("rt_protos", "keepalived") => 18,
        ("group", "default") => 0,
        _ => null,
    };

    /// <summary>A number of any size as C's strtoul cuts it to 32 bits.</summary>
    public static uint Cut(string word) => unchecked((uint)(Numbers.TryStrtol(word, out var number) ? number : 0));

    /// <summary>Two numbers with a sign between them.</summary>
    public static (uint First, uint Last)? Range(string word, char sign)
    {
        var at = word.IndexOf(sign);
        return at > 0 && uint.TryParse(word.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var first) &&
            uint.TryParse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? (first, last) : null;
    }
}
