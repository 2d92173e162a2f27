using System.Text;
using Dropin.Compat.Process;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Files;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>
/// The executable that an upgrade has put under our name. First it is asked whether it could go on from here, beside the running daemon; then it is
/// executed under our process number. What can go wrong has gone wrong by then: behind execve(2) there is no way back.
/// </summary>
/// <param name="file">The file of this program.</param>
/// <param name="signals">The signals that must not be lost meanwhile.</param>
internal sealed class Successor(ExecutableFile file, SignalQueue signals)
{
    private const int MostAskMilliseconds = 10_000;
    private FileIdentity? _asked;
    private Asking? _asking;

    /// <summary>Whether another executable stands under our name.</summary>
    internal bool IsThere => file.Successor != null;

    /// <summary>Its path.</summary>
    internal string Path => file.Path;

    /// <summary>Asks it; the loop goes on meanwhile.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="state">What it would have to take over.</param>
    /// <param name="answered">Told why it cannot; null where it can.</param>
    internal void Ask(Loop loop, ReadOnlySpan<byte> state, Action<string?> answered)
    {
        _asked = file.Successor;
        var sealedState = SealedFile.Make("keepalived-state", state, out var error);
        var nowhere = Descriptors.OpenReadWrite("/dev/null", out _);
        var (readEnd, writeEnd) = (-1, -1);
        if (error.IsNone)
            error = Descriptors.MakePipe(out readEnd, out writeEnd, nonBlocking: true);
        var pid = -1;
        if (error.IsNone)
        {
            pid = Spawn.Start(
                new SpawnRequest
                {
                    Path = file.Path,
                    Arguments = [file.Path, "--version"],
                    Environment = [.. SystemName.Surroundings().Where(variable => !variable.StartsWith("NOTIFY_SOCKET=", StringComparison.Ordinal)), HandoverVariable.ForRehearsal],
                    Descriptors = [(sealedState, 0), (writeEnd, 1), (nowhere, 2)],
                    NewGroup = true,
                },
                out error);
        }
        foreach (var descriptor in (ReadOnlySpan<int>)[sealedState, nowhere, writeEnd])
            Descriptors.Close(descriptor);
        if (pid < 0)
        {
            Descriptors.Close(readEnd);
            answered(error.Text);
            return;
        }
        _asking = new Asking(pid, readEnd, reason =>
        {
            _asking = null;
            answered(reason);
        });
        _asking.Begin(loop);
    }

    /// <summary>Forgets the question.</summary>
    internal void Forget(Loop loop)
    {
        _asking?.Abandon(loop);
        _asking = null;
    }

    /// <summary>
    /// Executes it. Returns only when that was not possible: the reason; null when a signal came first, which is to be obeyed before another try.
    /// </summary>
    /// <param name="commandLine">The words it gets: those of this process.</param>
    /// <param name="state">What it takes over.</param>
    /// <param name="handed">The descriptors that stay open.</param>
    internal string? Become(IReadOnlyList<string> commandLine, ReadOnlySpan<byte> state, IReadOnlyCollection<int> handed)
    {
        var sealedState = SealedFile.Make("keepalived-state", state, out var error);
        if (!error.IsNone)
            return error.Text;
        // From here on signals wait: those that come now are the successor's. One that was taken before must not be lost with this image.
        SignalMask.Block(DaemonSignals.All);
        string? reason = null;
        if (signals.IsEmpty && !(file.Successor is { } now && now == _asked))
            reason = "another one has taken its place meanwhile";
        else if (signals.IsEmpty)
        {
            SetInherited(handed, sealedState, true);
            reason = Spawn.Become(file.Path, commandLine, [.. SystemName.Surroundings(), HandoverVariable.For(sealedState)], keepsSignals: true).Text;
            SetInherited(handed, sealedState, false);
        }
        SignalMask.UnblockAll();
        Descriptors.Close(sealedState);
        return reason;
    }

    private static void SetInherited(IReadOnlyCollection<int> handed, int sealedState, bool isInherited)
    {
        foreach (var descriptor in handed)
            _ = Descriptors.SetInherited(descriptor, isInherited);
        _ = Descriptors.SetInherited(sealedState, isInherited);
    }

    /// <summary>The child that answers.</summary>
    private sealed class Asking : Pollable
    {
        private const int MostAnswerBytes = 4096;
        private readonly int _pid;
        private readonly int _answer;
        private readonly Action<string?> _answered;
        private readonly Patience _patience;

        internal Asking(int pid, int answer, Action<string?> answered)
        {
            (_pid, _answer, _answered) = (pid, answer, answered);
            _patience = new Patience(this);
            Descriptor = Children.OpenDescriptor(pid);
        }

        internal void Begin(Loop loop)
        {
            loop.Watch(this, EpollFlags.In);
            loop.SetDeadline(_patience, loop.NowMilliseconds + MostAskMilliseconds);
        }

        internal void Abandon(Loop loop)
        {
            _ = Children.Send(-_pid, Signal.Kill);
            _ = Children.Wait(_pid, out _);
            Close(loop);
        }

        protected override void OnEvents(Loop loop, EpollFlags events)
        {
            if (!Children.TryReap(_pid, out var exit))
                return;
            var room = new byte[MostAnswerBytes];
            var count = Descriptors.Read(_answer, room, out _);
            Close(loop);
            _answered(Rehearsal.Meaning(Encoding.UTF8.GetString(room, 0, Math.Max(count, 0)), exit.Status));
        }

        private void GiveUp(Loop loop)
        {
            if (Descriptor < 0)
                return;
            Abandon(loop);
            _answered("it does not answer");
        }

        private void Close(Loop loop)
        {
            loop.Cancel(_patience);
            loop.Forget(this);
            Descriptors.Close(Descriptor);
            Descriptors.Close(_answer);
            Descriptor = -1;
        }

        private sealed class Patience(Asking asking) : LoopTask
        {
            protected override void Run(Loop loop) => asking.GiveUp(loop);
        }
    }
}
