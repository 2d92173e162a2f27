using System.Buffers;
using System.Globalization;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show events</c>: the rings, their lines, and new lines as they come (management manual 9.3).</summary>
/// <remarks>
/// Two things are better than with the original: input that came does not end the time-out of the connection, and a reader that is too slow
/// loses lines and is told how many, where the original takes no more lines into the ring.
/// </remarks>
internal static class ShowEvents
{
    /// <summary>Bytes copied out of a ring at a time.</summary>
    private const int Portion = 65536;

    /// <summary>What the two descriptors are called, which hold nothing that can be read.</summary>
    private const string StandardOutput = "stdout", StandardError = "stderr";

    internal static ValueTask Run(CliCall call)
    {
        var name = call.Word(2);
        if (name.Length == 0)
        {
            List(call);
            return ValueTask.CompletedTask;
        }
        if (!call.Allows(CliLevel.Operator))
            return ValueTask.CompletedTask;
        var ring = call.Context.Engine.Logs.FindRing(name);
        if (ring is null)
        {
            if (name is StandardOutput or StandardError)
                call.Say(CliSeverity.Notice, "Nothing to report for this sink");
            else
                call.Fail("No such event sink");
            return ValueTask.CompletedTask;
        }
        var (waits, onlyNew) = (false, false);
        foreach (var word in call.Words.AsSpan(3))
        {
            if (word is not ("-w" or "-n" or "-wn" or "-nw"))
            {
                call.Fail("unknown option");
                return ValueTask.CompletedTask;
            }
            waits |= word != "-n";
            onlyNew |= word != "-w";
        }
        return Show(call.Session, ring, onlyNew ? ring.End : LogRingPosition.Oldest, waits);
    }

    private static void List(CliCall call)
    {
        call.Output.Append("Supported events sinks are listed below. Add -w(wait), -n(new). Any key to stop\n");
        AddTo(call, StandardOutput, "fd", 0, "standard output (fd#1)");
        // The original calls both descriptors so.
        AddTo(call, StandardError, "fd", 0, "standard output (fd#2)");
        foreach (var ring in call.Context.Engine.Logs.Rings)
            AddTo(call, ring.Name, "buffer", ring.Dropped, ring.Description);
    }

    private static void AddTo(CliCall call, string name, string type, long dropped, string description)
        => call.Output.Append(CultureInfo.InvariantCulture, $"    {name,-10} : type={type}, {dropped} dropped, {description}\n");

    private static async ValueTask Show(CliSession session, LogRing ring, LogRingPosition from, bool waits)
    {
        var text = new ArrayBufferWriter<byte>(Portion);
        var isOver = false;
        Action wake = () =>
        {
            if (!isOver)
                session.StopWaiting();
        };
        // Called by the thread that writes a line: all it does is to tell this loop.
        Action tell = () => session.Loop.Post(wake);

        // As with the original, input that waits behind the command ends the waiting at once, and input that comes later ends it with the next line.
        var stops = waits && session.DiscardInput();
        for (var isFirst = true; ; isFirst = false)
        {
            var next = ring.Read(from, text, Portion);
            var hasNew = text.WrittenCount > 0;
            while (text.WrittenCount > 0)
            {
                if (!await session.SendPartAsync(text.WrittenMemory))
                    break;
                text.ResetWrittenCount();
                next = ring.Read(next, text, Portion);
            }
            from = next;
            if (!waits || session.HasQuit || (stops && (isFirst || hasNew)))
                break;
            if (!ring.CallAtNext(from, tell))
                continue;
            var status = await session.WaitForInputAsync();
            session.DiscardInput();
            ring.ForgetCall(tell);
            stops |= status == WaitStatus.Done;
            if (session.HasQuit || status is not (WaitStatus.Done or WaitStatus.Cancelled))
                break;
        }
        isOver = true;
    }
}
