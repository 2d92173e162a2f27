namespace Dropin.Compat.Haproxy.Arguments;

/// <summary>The words of <c>-dM</c> and the help about them.</summary>
internal static class MemoryOptions
{
    private static readonly string[] Known =
    [
        "fail", "no-fail", "no-merge", "merge", "cold-first", "hot-first", "integrity", "no-integrity", "no-global", "global",
        "no-cache", "cache", "caller", "no-caller", "tag", "no-tag", "poison", "no-poison",
    ];

    internal const string Help = """
        -dM alone enables memory poisonning with byte 0x50 on allocation. A numeric
        value may be appended immediately after -dM to use another value (0 supported).
        Then an optional list of comma-delimited keywords may be appended to set or
        clear some debugging options ('*' marks the current setting):

            set               clear            description
          -----------------+-----------------+-----------------------------------------
            fail           |* no-fail        | randomly fail allocations
            no-merge       |* merge          | disable merging of similar pools
            cold-first     |* hot-first      | pick cold objects first
            integrity      |* no-integrity   | enable cache integrity checks
          * no-global      |  global         | disable global shared cache
            no-cache       |* cache          | disable thread-local cache
            caller         |* no-caller      | save caller information in cache
          * tag            |  no-tag         | add tag at end of allocated objects
            poison         |* no-poison      | poison newly allocated objects


        """;

    internal static bool IsKnown(ReadOnlySpan<char> word)
    {
        foreach (var known in Known)
            if (word.SequenceEqual(known))
                return true;
        return false;
    }
}
