using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>Writes the log lines of a frontend's streams (configuration manual 8).</summary>
public sealed class TrafficLogger : StreamLogger
{
    private const int SilentLevel = -2;
    private readonly ProxyState _proxy;
    private readonly LogSink[] _sinks;

    /// <summary>Makes a logger; the section's rules must be compiled and its targets open.</summary>
    public TrafficLogger(ProxyState proxy, ProxyThread[] threads)
    {
        _proxy = proxy;
        Moments = LineNeeds.MomentsOf(proxy.Config);
        _sinks = new LogSink[threads.Length];
        for (var i = 0; i < threads.Length; i++)
        {
            _sinks[i] = new LogSink(threads[i].Logs, proxy.LogTargets, proxy.LogTag);
        }
    }

    /// <inheritdoc/>
    public override void Write(Streams.Stream stream)
    {
        var log = stream.Log;
        var options = _proxy.Config.Options;
        if (log.Level == SilentLevel)
        {
            return;
        }

        var failed = Failed(log);
        if ((options & ProxyOptions.DontLogNormal) != 0 && !failed)
        {
            return;
        }

        var level = log.Level >= 0 ? (LogLevel)log.Level
            : failed && (options & ProxyOptions.LogSeparateErrors) != 0 ? LogLevel.Error : LogLevel.Info;
        var subject = stream.Subject;
        subject.BackendProxy = stream.BackendProxy;
        var scratch = subject.Scratch;
        var mark = scratch.Mark();
        var room = scratch.Take(scratch.MaxLength);
        Send(stream, level, room, FormatOf(log) is { } format ? format.Write(subject, room) : DefaultLine.Write(subject, _proxy, room));
        scratch.Release(mark);
    }

    /// <inheritdoc/>
    public override void WriteRefusal(Streams.Stream stream, ReadOnlySpan<byte> reason)
    {
        // A section that formats no lines says nothing of them either.
        if (_proxy.Rules.ErrorLogFormat is null && _proxy.Rules.LogFormat is null)
        {
            return;
        }

        var subject = stream.Subject;
        var scratch = subject.Scratch;
        var mark = scratch.Mark();
        var room = scratch.Take(scratch.MaxLength);
        Send(stream, LogLevel.Info, room, _proxy.Rules.ErrorLogFormat is { } format ? format.Write(subject, room) : RefusalLine.Write(stream, reason, room));
        scratch.Release(mark);
    }

    private void Send(Streams.Stream stream, LogLevel level, ReadOnlySpan<byte> room, int length)
    {
        var subject = stream.Subject;
        var scratch = subject.Scratch;
        ReadOnlySpan<byte> structured = default;
        if (_proxy.Rules.StructuredDataFormat is { } data)
        {
            var space = scratch.Take(scratch.MaxLength);
            structured = space[..data.Write(subject, space)];
        }

        if (length > 0)
        {
            _proxy.CountLogLine();
            _sinks[stream.Thread.Index].Send(room[..length], level, stream.Thread.Loop.WallMicroseconds, structured);
        }
    }

    /// <summary>Connections that ended before their request was understood have a format of their own (<c>error-log-format</c>).</summary>
    private LogFormatProgram? FormatOf(LogRecord log) =>
        _proxy.Rules.ErrorLogFormat is { } errors && log.RequestMicroseconds < 0 && log.Phase == TerminationPhase.Request ? errors : _proxy.Rules.LogFormat;

    // Errors, time-outs, retries, redispatches and answers of 5xx (configuration manual 8.3.3).
    private static bool Failed(LogRecord log) =>
        log.Retries > 0 || log.Redispatched || log.Status >= 500
        || log.Cause is not (TerminationCause.None or TerminationCause.Local);
}

/// <summary>The line of a section that asks for no format (configuration manual 8.2.1).</summary>
internal static class DefaultLine
{
    /// <summary>Writes "Connect from a:p to a:p (frontend/mode)".</summary>
    public static int Write(Rules.RuleSubject subject, ProxyState proxy, Span<byte> into)
    {
        var writer = new FormatWriter(into);
        writer.Append("Connect from "u8);
        Address(subject.ClientAddress, ref writer);
        writer.Append(" to "u8);
        Address(subject.LocalAddress, ref writer);
        writer.Append(" ("u8);
        writer.Append(Rules.Samples.Names.Of(proxy));
        writer.Append(proxy.Config.Mode == ProxyMode.Http ? "/HTTP)"u8 : "/TCP)"u8);
        return writer.Length;
    }

    private static void Address(in Sys.Sockets.SocketAddress128 address, ref FormatWriter writer)
    {
        Span<byte> text = stackalloc byte[46];
        if (Rules.Samples.AddressWriter.TryWrite(address.AddressBytes, text, out var length))
        {
            writer.Append(text[..length]);
        }
        else
        {
            writer.Append("unix"u8);
        }

        writer.Append((byte)':');
        writer.Append(address.Port);
    }
}
