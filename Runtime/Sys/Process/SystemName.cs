using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Dropin.Runtime.Sys.Process;

/// <summary>The system's name (uname(2)) and how this program was called.</summary>
public static unsafe partial class SystemName
{
    private const int ExecutableName = 31; // AT_EXECFN
    private const int FieldSize = 65;      // of struct utsname on Linux

    /// <summary>Name, release, version and machine: "Linux 6.1.0 #1 SMP x86_64".</summary>
    public static string Text
    {
        get
        {
            Span<byte> fields = stackalloc byte[FieldSize * 6];
            return Uname(fields) < 0 ? "unknown" : $"{Field(fields, 0)} {Field(fields, 2)} {Field(fields, 3)} {Field(fields, 4)}";
        }
    }

    /// <summary>Name, release and version: "Linux 6.1.0 #1 SMP", as keepalived logs it.</summary>
    public static string Running
    {
        get
        {
            Span<byte> fields = stackalloc byte[FieldSize * 6];
            return Uname(fields) < 0 ? "unknown" : $"{Field(fields, 0)} {Field(fields, 2)} {Field(fields, 3)}";
        }
    }

    /// <summary>The machine's host name.</summary>
    public static string HostName
    {
        get
        {
            Span<byte> fields = stackalloc byte[FieldSize * 6];
            return Uname(fields) < 0 ? "" : Field(fields, 1);
        }
    }

    /// <summary>The path with which this program was executed, as execve(2) was given it.</summary>
    public static string ExecutedPath
    {
        get
        {
            var address = GetAuxVal(ExecutableName);
            return address == 0 ? "" : Marshal.PtrToStringUTF8((nint)address) ?? "";
        }
    }

    /// <summary>The words of the command line, the program's name first, as the caller wrote them.</summary>
    public static IReadOnlyList<string> CommandLine()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes("/proc/self/cmdline");
        }
        catch (IOException)
        {
            // Nobody mounted /proc, as in a bare chroot: what the runtime was given, with the path in place of the name.
            return [ExecutedPath, .. Environment.GetCommandLineArgs().Skip(1)];
        }
        return bytes.Length == 0 ? [] : Encoding.UTF8.GetString(bytes, 0, bytes.Length - 1).Split('\0'); // each word ends with a zero byte
    }

    /// <summary>The environment of this process, as NAME=value; what a child is started with.</summary>
    public static IEnumerable<string> Surroundings()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            yield return $"{variable.Key}={variable.Value}";
    }

    private static string Field(ReadOnlySpan<byte> fields, int index)
    {
        var field = fields.Slice(index * FieldSize, FieldSize);
        return Encoding.UTF8.GetString(field[..Math.Max(field.IndexOf((byte)0), 0)]);
    }

    [LibraryImport(LibC.Name, EntryPoint = "uname")]
    private static partial int Uname(Span<byte> fields);

    [LibraryImport(LibC.Name, EntryPoint = "getauxval")]
    private static partial nuint GetAuxVal(nuint type);
}
