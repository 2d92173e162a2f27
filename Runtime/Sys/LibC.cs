namespace Dropin.Runtime.Sys;

/// <summary>The name under which the C library's functions are imported.</summary>
internal static class LibC
{
    internal const string Name = "libc";
}
