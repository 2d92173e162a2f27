using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>What a pair of a header's name and its spelling has to be, on a line (<c>h1-case-adjust</c>) and in a file (<c>h1-case-adjust-file</c>).</summary>
internal static class HeaderCasePairs
{
    /// <summary>What is wrong with a pair; null nothing.</summary>
    /// <param name="known">The pairs so far.</param>
    /// <param name="name">The name as it is looked up.</param>
    /// <param name="spelling">How it is to be spelled.</param>
    public static FormattableString? Problem(ValueList<HeaderCase> known, string name, string spelling)
    {
        if (!name.Equals(spelling, StringComparison.OrdinalIgnoreCase))
        {
            return $"<from> and <to> must not differ execpt the case";
        }

        foreach (var pair in known)
        {
            if (pair.LowerName == name)
            {
                return $"duplicate entry '{name}'";
            }
        }

        return null;
    }
}
