namespace Dropin.Compat.Keepalived;

/// <summary>
/// What this program calls itself. Tools read the number behind the v to choose what they may use, so it is the level of the language and
/// of the interfaces which we replace; the part after the dash says whose program it is. See docs/VERSION.md.
/// </summary>
public static class ProductVersion
{
    /// <summary>The version of keepalived that is replaced.</summary>
    public const string Level = "2.2.7";

    /// <summary>The version of dropin itself.</summary>
    public const string Release = "0.1.0";

    /// <summary>The version as log lines name it: version and day of release, month/day,year.</summary>
    public const string Text = "v" + Level + "-dropin" + Release + " (11/24,2026)";
}
