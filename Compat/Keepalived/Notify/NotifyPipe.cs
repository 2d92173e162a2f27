using System.Text;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Files;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Notify;

/// <summary>A named pipe that hears of all changes (<c>notify_fifo</c>), and the program that reads it.</summary>
/// <remarks>
/// A pipe that nobody reads fills up; what does not fit then is lost with a line in the log, once until there is room again: the election never
/// waits for a reader.
/// </remarks>
internal sealed class NotifyPipe : IDisposable
{
    private const int OwnersOnly = 0b110_000_000; // rw-------
    private readonly NotifyFifoConfig _config;
    private readonly LogChannel _log;
    private readonly ScriptRunner _runner;
    private readonly bool _made;
    private ScriptRun? _reader;
    private int _descriptor;
    private bool _isFull;
    private bool _closing;

    /// <summary>Makes the pipe where it is missing, opens it and starts its reader.</summary>
    internal NotifyPipe(NotifyFifoConfig config, ScriptRunner runner, LogChannel log)
    {
        (_config, _runner, _log) = (config, runner, log);
        var error = NamedPipe.Make(config.Path, OwnersOnly, out _made);
        if (_made)
            _ = FileOwnership.SetOwner(config.Path, config.UserId, config.GroupId);
        _descriptor = error.IsNone ? NamedPipe.OpenForWriting(config.Path, out error) : -1;
        if (_descriptor < 0)
            log.Say($"Unable to open fifo {config.Path} - error {error.Code}: {error.Text}");
        else
            StartReader();
    }

    /// <summary>Goes on with a pipe that the former execution of this program has opened, and with its reader.</summary>
    internal NotifyPipe(NotifyFifoConfig config, ScriptRunner runner, LogChannel log, StateRecord from)
    {
        (_config, _runner, _log) = (config, runner, log);
        _made = from.Flag(Field.Made);
        _isFull = from.Flag(Field.IsFull);
        _descriptor = from.Small(Field.Descriptor) - 1;
        _ = Descriptors.SetInherited(_descriptor, false);
        _reader = from.Small(Field.Reader) is > 0 and var pid ? runner.Adopt(pid, _ => ReaderEnded()) : null;
    }

    /// <summary>Whether a record is that of a pipe with this configuration.</summary>
    internal static bool IsIn(StateRecord from, NotifyFifoConfig config) => from.Text(Field.Path) == config.Path;

    /// <summary>Nobody wants the pipe of a record any more.</summary>
    internal static void Drop(StateRecord from) => Descriptors.Close(from.Small(Field.Descriptor) - 1);

    /// <summary>The descriptor, which stays open while the program executes its successor: the reader sees no end. -1 for none.</summary>
    internal int Descriptor => _descriptor;

    /// <summary>Writes what the successor has to know.</summary>
    internal void Save(StateWriter to)
    {
        to.Put(Field.Path, _config.Path);
        to.Put(Field.Descriptor, _descriptor + 1);
        to.Put(Field.Made, _made);
        to.Put(Field.IsFull, _isFull);
        to.Put(Field.Reader, _reader?.Pid ?? 0);
    }

    /// <summary>The pipe's configuration.</summary>
    internal NotifyFifoConfig Config => _config;

    /// <summary>Writes one line.</summary>
    internal void Write(string line)
    {
        if (_descriptor < 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        if (Descriptors.Write(_descriptor, bytes, out var error) == bytes.Length)
            _isFull = false;
        else if (!_isFull)
        {
            _isFull = true;
            _log.Say($"fifo {_config.Path} write failed, error {error.Code}: {error.Text} - changes are lost until it is read");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing = true;
        _reader?.Terminate();
        Descriptors.Close(_descriptor);
        _descriptor = -1;
        if (_made)
            ReplacedFile.Remove(_config.Path);
    }

    private void StartReader()
    {
        if (_config.Reader == null)
            return;
        _reader = _runner.Start(_config.Reader, [_config.Path], _ => ReaderEnded(), out var error);
        if (_reader == null)
            _log.Say($"Unable to start notify fifo script {_config.Reader.Line} - {error.Text}");
    }

    private void ReaderEnded()
    {
        _reader = null;
        if (!_closing)
            _log.Say("notify fifo script terminated");
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Path = 1, Descriptor = 2, Made = 3, IsFull = 4, Reader = 5;
    }
}
