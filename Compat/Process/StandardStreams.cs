using System.Text;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Process;

/// <summary>
/// Standard output and error as plain descriptors: a message is one write(2), so lines of a master and its workers do not mix, and
/// the start does not pay for the console's encodings.
/// </summary>
public static class StandardStreams
{
    /// <summary>Writes to standard output; that nobody reads it is no error of ours.</summary>
    public static void WriteOutput(string text) => Write(1, text);

    /// <summary>Writes to standard error.</summary>
    public static void WriteError(string text) => Write(2, text);

    private static void Write(int descriptor, string text) => _ = Descriptors.WriteAll(descriptor, Encoding.UTF8.GetBytes(text));
}
