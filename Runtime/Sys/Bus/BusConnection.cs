using System.Runtime.InteropServices;
using Dropin.Runtime.Sys.Epoll;

namespace Dropin.Runtime.Sys.Bus;

/// <summary>A connection to the system's message bus. Nothing in it waits: what cannot be written now is kept, and what has not come is not there.</summary>
/// <remarks>
/// libsystemd answers <c>org.freedesktop.DBus.Peer</c> by itself; everything else comes out of <see cref="Process"/>. No function of ours is called from
/// within the library.
/// </remarks>
public sealed unsafe class BusConnection : IDisposable
{
    private const int PollIn = 1, PollOut = 4;
    private nint _bus;

    private BusConnection(nint bus) => _bus = bus;

    /// <summary>Whether libsystemd is installed; it is opened by this question.</summary>
    public static bool IsAvailable => NativeLibrary.TryLoad(SdBusNative.Library, out _);

    /// <summary>Begins to connect to the bus at DBUS_SYSTEM_BUS_ADDRESS, without it to the system's usual place.</summary>
    /// <returns>The connection, which is not established yet; null with the reason where there is no bus.</returns>
    public static BusConnection? Open(out SysError error)
    {
        nint bus = 0;
        error = ErrorOf(SdBusNative.OpenSystem(&bus));
        return error.IsNone ? new BusConnection(bus) : null;
    }

    /// <summary>The descriptor to watch; -1 where it is closed.</summary>
    public int Descriptor => SdBusNative.GetDescriptor(_bus) is >= 0 and var descriptor ? descriptor : -1;

    /// <summary>What it waits for at the descriptor.</summary>
    public EpollFlags Wanted
    {
        get
        {
            var events = Math.Max(SdBusNative.GetEvents(_bus), 0);
            return ((events & PollIn) != 0 ? EpollFlags.In : 0) | ((events & PollOut) != 0 ? EpollFlags.Out : 0);
        }
    }

    /// <summary>When <see cref="Process"/> has to be called at the latest, in microseconds of the monotonic clock; -1 for never.</summary>
    public long DeadlineMicroseconds
    {
        get
        {
            ulong microseconds;
            return SdBusNative.GetTimeout(_bus, &microseconds) > 0 && microseconds <= long.MaxValue ? (long)microseconds : -1;
        }
    }

    /// <summary>Whether the bus has let us in.</summary>
    public bool IsReady => SdBusNative.IsReady(_bus) > 0;

    /// <summary>How many messages wait because the bus reads nothing.</summary>
    public int Waiting
    {
        get
        {
            ulong count;
            return SdBusNative.GetQueued(_bus, &count) >= 0 ? (int)Math.Min(count, int.MaxValue) : 0;
        }
    }

    /// <summary>Takes one step: a message in, what waits out, or a bit of the way into the bus.</summary>
    /// <param name="handle">Calls only: what <see cref="Answer"/> and <see cref="Refuse"/> want; <see cref="Forget"/> gives it back. 0 for nothing.</param>
    /// <param name="message">What came; null where nothing did.</param>
    /// <param name="error">Why the connection is at its end.</param>
    /// <returns>Whether there may be more to do at once.</returns>
    public bool Process(out nint handle, out BusMessage? message, out SysError error)
    {
        nint came = 0;
        (handle, message) = (0, null);
        var result = SdBusNative.Process(_bus, &came);
        error = ErrorOf(result);
        if (came != 0)
        {
            message = Read(came);
            if (message?.Kind == BusMessageKind.Call)
            {
                handle = came;
            }
            else
            {
                Forget(came);
            }
        }

        if (error.IsNone && SdBusNative.IsOpen(_bus) <= 0)
        {
            error = new SysError(Errno.Econnreset);
        }

        return result > 0;
    }

    /// <summary>Gives the handle of a call back.</summary>
    public static void Forget(nint handle) => _ = SdBusNative.ReleaseMessage(handle);

    /// <summary>Tells all who listen.</summary>
    public SysError Signal(string path, string interfaceName, string member, ReadOnlySpan<BusValue> values)
    {
        nint message = 0;
        return Finish(SdBusNative.NewSignal(_bus, &message, path, interfaceName, member), message, values, out _);
    }

    /// <summary>Calls a method of the bus itself.</summary>
    /// <param name="member">Which.</param>
    /// <param name="values">With what.</param>
    /// <param name="number">What the answer will say in <see cref="BusMessage.Answers"/>.</param>
    public SysError CallBus(string member, ReadOnlySpan<BusValue> values, out ulong number)
    {
        nint message = 0;
        return Finish(SdBusNative.NewCall(_bus, &message, BusName, "/org/freedesktop/DBus", BusName, member), message, values, out number);
    }

    /// <summary>Answers a call. Where nobody waits for the answer, none is sent.</summary>
    public SysError Answer(nint call, ReadOnlySpan<BusValue> values)
    {
        nint message = 0;
        return Finish(SdBusNative.NewReturn(call, &message), message, values, out _);
    }

    /// <summary>Answers a call with an error.</summary>
    public SysError Refuse(nint call, string name, string text)
    {
        nint message = 0;
        var (nameBytes, textBytes) = (Utf8(name), Utf8(text));
        fixed (byte* first = nameBytes, second = textBytes)
        {
            var error = new SdBusNative.BusError { Name = first, Text = second };
            return Finish(SdBusNative.NewError(call, &message, &error), message, [], out _);
        }
    }

    /// <summary>The name of the bus itself.</summary>
    public const string BusName = "org.freedesktop.DBus";

    /// <summary>Closes it. What has not been written is lost.</summary>
    public void Dispose()
    {
        if (_bus == 0)
        {
            return;
        }

        SdBusNative.Close(_bus);
        _ = SdBusNative.Release(_bus);
        _bus = 0;
    }

    private SysError Finish(int made, nint message, ReadOnlySpan<BusValue> values, out ulong number)
    {
        number = 0;
        for (var i = 0; made >= 0 && i < values.Length; i++)
        {
            made = Append(message, values[i]);
        }

        if (made >= 0)
        {
            // The number is wanted of calls only: of a message without one the library takes that an answer is waited for.
            ulong cookie = 0;
            byte kind = 0;
            made = SdBusNative.GetKind(message, &kind);
            made = made < 0 ? made : SdBusNative.Send(_bus, message, kind == (byte)BusMessageKind.Call ? &cookie : null);
            number = cookie;
        }

        Forget(message);
        return ErrorOf(made);
    }

    private static int Append(nint message, BusValue value) => value switch
    {
        BusText text => AppendText(message, text.Text),
        BusNumber number => AppendNumber(message, number.Number),
        BusStructure structure => AppendAll(message, (byte)'r', structure.Inner, structure.Fields),
        BusVariant variant => AppendAll(message, (byte)'v', variant.Value.Signature, [variant.Value]),
        BusDictionary dictionary => AppendDictionary(message, dictionary),
        _ => -Errno.Einval,
    };

    private static int AppendText(nint message, string text)
    {
        fixed (byte* bytes = Utf8(text))
        {
            return SdBusNative.Append(message, (byte)'s', bytes);
        }
    }

    private static int AppendNumber(nint message, uint number) => SdBusNative.Append(message, (byte)'u', &number);

    private static int AppendAll(nint message, byte type, string contents, ReadOnlySpan<BusValue> values)
    {
        var result = SdBusNative.OpenContainer(message, type, contents);
        for (var i = 0; result >= 0 && i < values.Length; i++)
        {
            result = Append(message, values[i]);
        }

        return result < 0 ? result : SdBusNative.CloseContainer(message);
    }

    private static int AppendDictionary(nint message, BusDictionary dictionary)
    {
        var result = SdBusNative.OpenContainer(message, (byte)'a', "{sv}");
        for (var i = 0; result >= 0 && i < dictionary.Entries.Length; i++)
        {
            var (name, value) = dictionary.Entries[i];
            result = AppendAll(message, (byte)'e', "sv", [new BusText(name), new BusVariant(value)]);
        }

        return result < 0 ? result : SdBusNative.CloseContainer(message);
    }

    private static BusMessage? Read(nint message)
    {
        byte kind;
        if (SdBusNative.GetKind(message, &kind) < 0)
        {
            return null;
        }

        var signature = TextOf(SdBusNative.GetSignature(message, 1)) ?? "";
        var error = kind == (byte)BusMessageKind.Error ? SdBusNative.GetError(message) : null;
        ulong answers = 0;
        _ = SdBusNative.GetReplyCookie(message, &answers); // calls and signals have none
        return new BusMessage
        {
            Kind = (BusMessageKind)kind,
            Sender = TextOf(SdBusNative.GetSender(message)) ?? "",
            Path = TextOf(SdBusNative.GetPath(message)) ?? "",
            Interface = TextOf(SdBusNative.GetInterface(message)),
            Member = TextOf(SdBusNative.GetMember(message)) ?? "",
            Signature = signature,
            Number = kind != (byte)BusMessageKind.Error && signature.StartsWith('u') ? ReadNumber(message) : 0,
            Texts = kind == (byte)BusMessageKind.Error ? [] : ReadTexts(message, signature),
            Answers = answers,
            ErrorText = error == null ? "" : TextOf(error->Text) ?? TextOf(error->Name) ?? "",
        };
    }

    private static uint ReadNumber(nint message)
    {
        uint number = 0;
        return SdBusNative.Read(message, (byte)'u', &number) > 0 ? number : 0;
    }

    private static List<string> ReadTexts(nint message, string signature)
    {
        var texts = new List<string>();
        byte* text;
        while (texts.Count < BusMessage.MostTexts && texts.Count < signature.Length && signature[texts.Count] == 's'
            && SdBusNative.Read(message, (byte)'s', &text) > 0)
        {
            texts.Add(TextOf(text) ?? "");
        }

        return texts;
    }

    private static string? TextOf(byte* text)
    {
        if (text == null)
        {
            return null;
        }

        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        return System.Text.Encoding.UTF8.GetString(bytes.Length > BusMessage.MostLength ? bytes[..BusMessage.MostLength] : bytes);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\0");

    private static SysError ErrorOf(int result) => new(result < 0 ? -result : 0);
}
