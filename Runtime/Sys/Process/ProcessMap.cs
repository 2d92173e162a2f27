namespace Dropin.Runtime.Sys.Process;

/// <summary>What is mapped into this process (proc(5), maps).</summary>
public static class ProcessMap
{
    /// <summary>The system's lines, "address perms offset device inode path"; none where nobody mounted /proc, as in a chroot.</summary>
    public static IReadOnlyList<string> Lines()
    {
        try
        {
            return File.ReadAllLines("/proc/self/maps");
        }
        catch (IOException)
        {
            return [];
        }
    }
}
