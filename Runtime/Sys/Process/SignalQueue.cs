using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>
/// Signals of this process, queued for the loop that owns them. The runtime takes a signal on a thread of its own; this
/// puts its number into a queue and makes <see cref="Descriptor"/> readable, so any loop (epoll, poll) wakes as for a socket.
/// </summary>
public sealed class SignalQueue : IDisposable
{
    private readonly ConcurrentQueue<int> _pending = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly int _readEnd;
    private readonly int _writeEnd;

    /// <summary>Takes the given signals (numbers of <see cref="Signal"/>) away from their default action.</summary>
    public SignalQueue(params ReadOnlySpan<int> signals)
    {
        var error = Descriptors.MakePipe(out _readEnd, out _writeEnd, nonBlocking: true);
        if (!error.IsNone)
            throw new InvalidOperationException("no pipe for signals: " + error.Text);
        // A shell starts jobs of scripts with SIGINT and SIGQUIT ignored, and the runtime leaves alone what it finds ignored.
        SignalMask.StopIgnoring(signals);
        foreach (var signal in signals)
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, taken => Take(taken, signal)));
        SignalMask.UnblockAll(); // only now: one that waits already shall meet its handler
    }

    /// <summary>Readable while a signal waits.</summary>
    public int Descriptor => _readEnd;

    /// <summary>Whether no signal waits.</summary>
    public bool IsEmpty => _pending.IsEmpty;

    /// <summary>Takes the oldest waiting signal.</summary>
    public bool TryTake(out int signal)
    {
        Span<byte> drained = stackalloc byte[64];
        while (Descriptors.Read(_readEnd, drained, out _) > 0)
        {
        }
        return _pending.TryDequeue(out signal);
    }

    /// <summary>Puts a signal into the queue as if the system had sent it.</summary>
    public void Post(int signal)
    {
        _pending.Enqueue(signal);
        _ = Descriptors.Write(_writeEnd, [1], out _); // a full pipe wakes as well
    }

    /// <summary>Gives the signals back to their default action.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        Descriptors.Close(_readEnd);
        Descriptors.Close(_writeEnd);
    }

    private void Take(PosixSignalContext taken, int signal)
    {
        taken.Cancel = true;
        Post(signal);
    }
}
