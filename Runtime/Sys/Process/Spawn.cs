using System.Runtime.InteropServices;
using System.Text;

namespace Dropin.Runtime.Sys.Process;

/// <summary>A program to start: its file, its words, its environment and the descriptors it shall find open.</summary>
public sealed record SpawnRequest
{
    /// <summary>The file to run; "/proc/self/exe" is this executable.</summary>
    public required string Path { get; init; }

    /// <summary>argv, the program's own name first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, as NAME=value.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Descriptors the child gets, each under its number there; every other one is closed by its close-on-exec flag.</summary>
    public IReadOnlyList<(int Here, int There)> Descriptors { get; init; } = [];

    /// <summary>Whether the child starts in a session of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>Whether the child leads a process group of its own, so that it can be ended with all that it starts.</summary>
    public bool NewGroup { get; init; }

    /// <summary>The user the child runs as; null for that of this process.</summary>
    public uint? User { get; init; }

    /// <summary>The group the child runs as, without any other groups; null for those of this process.</summary>
    public uint? Group { get; init; }
}

/// <summary>What a start consists of, in this order.</summary>
public enum SpawnStep
{
    /// <summary>The child gets its group.</summary>
    Group,

    /// <summary>The child gets its user.</summary>
    User,

    /// <summary>The child becomes the program.</summary>
    Program,
}

/// <summary>
/// Starts programs (posix_spawn(3)) or becomes one (execve(2)). A managed process must not fork: the child would have one
/// thread and the locks of all. The C library's spawn runs nothing of ours between the two halves.
/// </summary>
public static unsafe partial class Spawn
{
    private const short SetSignalDefaults = 4, SetSignalMask = 8, SetSession = 0x80, SetGroup = 2; // POSIX_SPAWN_*
    private const int ActionsSize = 512, AttributesSize = 1024, SignalSetSize = 128; // larger than glibc's and musl's types

    /// <summary>Starts the program; its process number, or -1 with the reason.</summary>
    public static int Start(SpawnRequest request, out SysError error) => Start(request, out _, out error);

    /// <summary>Starts the program; its process number, or -1 with the step that failed and the reason.</summary>
    public static int Start(SpawnRequest request, out SpawnStep failed, out SysError error)
    {
        if (request is not { User: null, Group: null })
            return ThreadIdentity.Run(request.User, request.Group, out failed, out error, (out SysError failure) => StartHere(request, out failure));
        failed = SpawnStep.Program;
        return StartHere(request, out error);
    }

    private static int StartHere(SpawnRequest request, out SysError error)
    {
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        _ = ActionsInit(actions);
        _ = AttributesInit(attributes);
        try
        {
            AddDescriptors(actions, request.Descriptors);
            SetSignals(attributes, request);
            using var words = new WordBlock(request.Arguments);
            using var environment = new WordBlock(request.Environment);
            error = new SysError(PosixSpawn(out var pid, request.Path, actions, attributes, words.Pointer, environment.Pointer));
            return error.IsNone ? pid : -1;
        }
        finally
        {
            _ = ActionsDestroy(actions);
            _ = AttributesDestroy(attributes);
        }
    }

    /// <summary>
    /// Becomes the program: same process number, same open descriptors without close-on-exec. Returns only when it failed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">argv, the program's own name first.</param>
    /// <param name="environment">The whole environment, as NAME=value.</param>
    /// <param name="keepsSignals">Signals that wait go on waiting: the next program knows that it has to let them through.</param>
    public static SysError Become(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, bool keepsSignals = false)
    {
        using var words = new WordBlock(arguments);
        using var variables = new WordBlock(environment);
        if (!keepsSignals)
            SignalMask.UnblockAll(); // the next program must not start deaf
        return SysError.Of(Execve(path, words.Pointer, variables.Pointer));
    }

    private static void AddDescriptors(byte* actions, IReadOnlyList<(int Here, int There)> descriptors)
    {
        // A target may be the number of another source: first move all sources out of the way, then put them in place.
        const int parking = 1 << 9;
        for (var i = 0; i < descriptors.Count; i++)
            _ = AddDup2(actions, descriptors[i].Here, parking + i);
        for (var i = 0; i < descriptors.Count; i++)
        {
            _ = AddDup2(actions, parking + i, descriptors[i].There);
            _ = AddClose(actions, parking + i);
        }
    }

    private static void SetSignals(byte* attributes, SpawnRequest request)
    {
        // The runtime ignores SIGPIPE and blocks some signals in its threads; the child starts as a shell would start it.
        var set = stackalloc byte[SignalSetSize];
        _ = SigFillSet(set);
        _ = SetDefaults(attributes, set);
        _ = SigEmptySet(set);
        _ = SetMask(attributes, set);
        _ = SetFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | (request.NewSession ? SetSession : 0) | (request.NewGroup ? SetGroup : 0)));
    }

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int pid, string path, byte* actions, byte* attributes, byte** words, byte** environment);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int ActionsInit(byte* actions);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int ActionsDestroy(byte* actions);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDup2(byte* actions, int descriptor, int target);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawn_file_actions_addclose")]
    private static partial int AddClose(byte* actions, int descriptor);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawnattr_init")]
    private static partial int AttributesInit(byte* attributes);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawnattr_destroy")]
    private static partial int AttributesDestroy(byte* attributes);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(byte* attributes, byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "sigfillset")]
    private static partial int SigFillSet(byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "sigemptyset")]
    private static partial int SigEmptySet(byte* set);

    [LibraryImport(LibC.Name, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execve(string path, byte** words, byte** environment);

    /// <summary>Words as C sees them: pointers to terminated bytes, then a null pointer.</summary>
    private sealed class WordBlock : IDisposable
    {
        private readonly int _count;

        internal WordBlock(IReadOnlyList<string> words)
        {
            _count = words.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
            {
                var size = Encoding.UTF8.GetByteCount(words[i]);
                Pointer[i] = (byte*)NativeMemory.AllocZeroed((nuint)size + 1);
                _ = Encoding.UTF8.GetBytes(words[i], new Span<byte>(Pointer[i], size));
            }
        }

        internal byte** Pointer { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
                NativeMemory.Free(Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }
}
