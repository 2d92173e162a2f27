using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary><c>umask</c>: a number in any of C's bases, or bits by name, <c>IWGRP|IWOTH</c>.</summary>
internal static class UmaskWord
{
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("umask-bit", "Unknown umask bit {0}");
    private static readonly DiagnosticDescriptor s_invalid = FindingKind.Warning("umask-value", "invalid umask value {0}");
    private static readonly DiagnosticDescriptor s_extra = FindingKind.Warning("umask-extra", "Extra parameter(s) to umask option");
    private static readonly DiagnosticDescriptor s_missing = FindingKind.Warning("umask-missing-bit", "umask missing bit value");

    public static void Read(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        long mask;
        if (word.Length > 0 && char.IsAsciiDigit(word[0]))
        {
            if (s.Count > 2)
            {
                s.Report(s_extra);
                return;
            }

            if (!Numbers.TryStrtol(word, out mask) || mask > 511)
            {
                s.Report(s_invalid, word);
                return;
            }
        }
        else if (!TryBits(s, string.Concat(s.Words.Skip(1)), out mask))
        {
            return;
        }

        s.Document.Global.Config = s.Document.Global.Config with { Umask = s.Document.Options.Umask ?? (int)mask };
    }

    private static bool TryBits(Statement s, string text, out long mask)
    {
        mask = 0;
        foreach (var bit in text.Split('|'))
        {
            if (bit.Length == 0)
            {
                s.Report(s_missing);
                return false;
            }

            var shift = bit.Length == 5 ? bit[2..] switch { "USR" => 6, "GRP" => 3, "OTH" => 0, _ => -1 } : -1;
            var value = bit.Length == 5 && bit[0] == 'I' ? bit[1] switch { 'R' => 4, 'W' => 2, 'X' => 1, _ => 0 } : 0;
            if (shift < 0 || value == 0)
            {
                s.Report(s_unknown, bit);
                return false;
            }

            mask |= (long)value << shift;
        }

        return true;
    }
}
