using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>One connection to the CLI: lines come in, answers go out, each followed by an empty line or the prompt.</summary>
internal sealed class CliSession
{
    private readonly ReactorSocket _socket;
    private readonly CliInput _input;
    private readonly bool _mayExport;

    internal CliSession(CliServer server, int descriptor, CliLevel level, bool mayExport, string severity)
    {
        Server = server;
        Level = level;
        SeverityOutput = severity;
        _mayExport = mayExport;
        var global = server.Context.Engine.Global;
        TimeoutMilliseconds = global.StatsTimeout.Milliseconds;
        _input = new CliInput(global.Tune.BufferSize);
        _socket = new ReactorSocket(server.Loop, descriptor);
    }

    /// <summary>Whose connection it is.</summary>
    internal CliServer Server { get; }

    /// <summary>The thread.</summary>
    internal Loop Loop => Server.Loop;

    /// <summary>Its socket.</summary>
    internal int Descriptor => _socket.Descriptor;

    /// <summary>What it may do; commands can lower it.</summary>
    internal CliLevel Level { get; set; }

    /// <summary>How long it may be idle (<c>set timeout cli</c>).</summary>
    internal int TimeoutMilliseconds { get; set; }

    /// <summary>Whether a prompt is shown and the connection stays open (<c>prompt</c>).</summary>
    internal bool IsInteractive { get; set; }

    /// <summary>How severities are shown: none, number, string (<c>set severity-output</c>).</summary>
    internal string SeverityOutput { get; set; }

    /// <summary>Whether it asked for commands of experts.</summary>
    internal bool IsExpert { get; set; }

    /// <summary>Whether it asked for experimental commands.</summary>
    internal bool IsExperimental { get; set; }

    /// <summary>Ends after this command, without a word.</summary>
    internal void Quit() => _quits = true;

    private bool _quits;

    /// <summary>Whether the connection ends without another word.</summary>
    internal bool HasQuit => _quits;

    private bool _endsAfterAnswer;

    /// <summary>Hands the listening sockets over, where this socket may.</summary>
    internal void SendListeners()
    {
        if (_mayExport)
            Server.Export.SendTo(_socket.Descriptor);
        _quits = true;
    }

    /// <summary>Sends a part of an answer that is longer than should be held at once.</summary>
    /// <returns>False where the connection is broken.</returns>
    internal async ValueTask<bool> SendPartAsync(ReadOnlyMemory<byte> bytes)
    {
        if ((await _socket.WriteAsync(bytes, Deadline)).IsDone)
            return true;
        _quits = true;
        return false;
    }

    /// <summary>Throws away what the client sent behind the command being carried out.</summary>
    /// <returns>Whether there was something.</returns>
    internal bool DiscardInput()
    {
        var was = !_input.IsEmpty;
        _input.Clear();
        return was;
    }

    /// <summary>
    /// Waits for input, which is thrown away, or for <see cref="StopWaiting"/>. When the client was silent for too long, the answer is the last one.
    /// </summary>
    internal async ValueTask<WaitStatus> WaitForInputAsync()
    {
        var read = await _socket.ReadAsync(_input.Space, Deadline);
        _endsAfterAnswer |= read.Status == WaitStatus.TimedOut;
        _quits |= read.Status == WaitStatus.Failed || !_socket.IsOpen;
        return read.Status;
    }

    /// <summary>Ends <see cref="WaitForInputAsync"/> as cancelled.</summary>
    internal void StopWaiting() => _socket.StopReading();

    private long Deadline => TimeoutMilliseconds > 0 ? Loop.NowMilliseconds + TimeoutMilliseconds : LoopTask.Never;

    internal async Task RunAsync()
    {
        using var socket = _socket;
        while (!_quits)
        {
            if (_input.TryTake(out var line))
            {
                // Nobody keeps lines for a payload without an end: closed without a word, as with the original.
                if (_input.IsTooLong || !await ObeyAsync(line))
                    return;
                // Without a prompt the connection ends with the last line that has come, so that lines sent at once are all answered.
                if (!IsInteractive && _input is { IsEmpty: true, AwaitsPayload: false })
                    return;
                continue;
            }
            // A command longer than the buffer: closed without a word, as with the original.
            if (_input.IsFull)
                return;
            var read = await _socket.ReadAsync(_input.Space, Deadline);
            if (!read.IsDone)
                return;
            _input.Wrote(read.Count);
        }
    }

    /// <returns>False where the connection is broken.</returns>
    private async ValueTask<bool> ObeyAsync(CliLine line)
    {
        if (line.AwaitsPayload)
        {
            // In the middle of a payload the prompt of an interactive connection is a plus.
            return !IsInteractive || await SendAsync("+ ");
        }
        var call = new CliCall(this, line.Words, line.Payload);
        await CarryOut(call);
        if (_quits)
            return false;
        if (IsSilent(call))
            return true;
        return await SendAsync(SeverityPrefix(call) + call.Output + (IsInteractive ? "\n> " : "\n")) && !_endsAfterAnswer;
    }

    /// <summary>A master sets the session up with commands that end in "-" and are not answered, before it passes its own client's command on.</summary>
    private static bool IsSilent(CliCall call) => call.Words is ["operator" or "user", "-"] or ["expert-mode" or "experimental-mode", _, "-"] && call.Output.Length == 0;

    private static async ValueTask CarryOut(CliCall call)
    {
        if (Find(call.Words) is not { } command)
            call.Say(CliSeverity.Info, CliHelp.Unknown(call.Words));
        else if (call.Allows(command.Level))
            await command.Run(call);
    }

    private static CliCommand? Find(string[] words)
    {
        CliCommand? found = null;
        foreach (var command in CliCommands.All)
        {
            if (command.Matches(words) == command.Words.Length && command.Words.Length > (found?.Words.Length ?? 0))
                found = command;
        }
        return found ?? Array.Find(CliCommands.Hidden, command => command.Matches(words) == command.Words.Length);
    }

    private string SeverityPrefix(CliCall call)
    {
        if (call.Severity == CliSeverity.None || call.Output.Length == 0)
            return "";
        return SeverityOutput switch
        {
            "number" => string.Create(CultureInfo.InvariantCulture, $"[{(int)call.Severity}]: "),
            "string" => $"[{NameOf(call.Severity)}]: ",
            _ => "",
        };
    }

    private static string NameOf(CliSeverity severity) => severity switch
    {
        CliSeverity.Error => "err",
        CliSeverity.Warning => "warning",
        CliSeverity.Notice => "notice",
        _ => "info",
    };

    private async ValueTask<bool> SendAsync(string text) => (await _socket.WriteAsync(Encoding.UTF8.GetBytes(text), Deadline)).IsDone;
}
