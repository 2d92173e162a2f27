using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>How this process was called, as its successors need it.</summary>
/// <param name="ProgramName">The first word of the command line, as written.</param>
/// <param name="Words">The words after it.</param>
/// <param name="ExecutablePath">The file that runs, for messages.</param>
public sealed record Invocation(string ProgramName, IReadOnlyList<string> Words, string ExecutablePath)
{
    /// <summary>The last part of the program's name.</summary>
    public string ShortName => ProgramName[(ProgramName.LastIndexOf('/') + 1)..];

    /// <summary>
    /// The file that a master shall become at a reload: the one under the name it was started with, so that an upgraded package takes effect,
    /// as with the original; this file when that name leads nowhere any more.
    /// </summary>
    public string NextExecutable => new ExecutableFile(ExecutablePath).Next;

    /// <summary>The invocation of this process.</summary>
    public static Invocation Current(ProcessRole role)
    {
        var words = SystemName.CommandLine();
        return new Invocation(words[0], words.Skip(1).ToArray(), role.ExecutablePath ?? SystemName.ExecutedPath);
    }
}
