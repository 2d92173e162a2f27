namespace Dropin.Compat.Haproxy;

/// <summary>
/// What this program calls itself. Tools read the first number (<c>HAProxy version 2.6.12...</c>) to choose what they may use, so it is the
/// level of the language and of the interfaces which we replace; the part after the dash says whose program it is. See docs/VERSION.md.
/// </summary>
public static class ProductVersion
{
    /// <summary>The version of HAProxy that is replaced.</summary>
    public const string Level = "2.6.12";

    /// <summary>The version as printed.</summary>
    public const string Text = Level + "-dropin" + Release;

    /// <summary>The day of this release, year/month/day.</summary>
    public const string Date = "2026/11/24";

    /// <summary>The version of dropin itself.</summary>
    public const string Release = "0.1.0";
}
