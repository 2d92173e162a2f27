using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Filters in the kernel for what a socket receives (socket(7), SO_ATTACH_FILTER).</summary>
internal static unsafe class SocketFilter
{
    private const int AttachFilter = 26;

    /// <summary>Nothing reaches the socket: one that only sends would otherwise collect a copy of everything.</summary>
    internal static SysError DropAll(SysError before, int descriptor)
    {
        if (!before.IsNone)
        {
            return before;
        }

        var instruction = new Instruction { Code = 6 }; // BPF_RET with no bytes
        var program = new Program { Count = 1, First = &instruction };
        return SysError.Of(SocketNative.SetOption(descriptor, SocketOption.SocketLevel, AttachFilter, &program, (uint)sizeof(Program)));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        internal ushort Code;
        internal byte IfTrue;
        internal byte IfFalse;
        internal uint Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        internal ushort Count;
        internal Instruction* First;
    }
}
