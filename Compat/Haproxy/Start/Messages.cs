using System.Text;
using Dropin.Compat.Logging;
using Dropin.Compat.Process;
using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// Messages of the process on standard error, in the original's layout: <c>[ALERT]    (PID) : text</c>. Before the first warning
/// or alert two notices name the version and the file that runs, as the original does it, so that a report is complete.
/// </summary>
public sealed class Messages
{
    private readonly StringBuilder _startup = new();
    private readonly Invocation _invocation;
    private readonly Action<string> _write;
    private readonly ILogger _logger;
    private bool _introduced;
    private bool _introduces;

    /// <summary>Makes the messages of this process.</summary>
    /// <param name="invocation">How this program was started.</param>
    /// <param name="write">Where the lines go.</param>
    public Messages(Invocation invocation, Action<string> write)
    {
        (_invocation, _write) = (invocation, write);
        _logger = LineLoggerProvider.LoggerOf("haproxy", new MessageLine(() => Pid), Take);
    }

    /// <summary>The process number shown in the lines; a worker that is being made speaks for its master.</summary>
    public int Pid { get; set; } = Environment.ProcessId;

    /// <summary>Whether nothing is written (<c>-q</c>); it is still kept for <c>show startup-logs</c>.</summary>
    public bool Quiet { get; set; }

    /// <summary>Whether lines are still kept for <c>show startup-logs</c>.</summary>
    public bool Starting { get; set; } = true;

    /// <summary>How many warnings were said.</summary>
    public int Warnings { get; private set; }

    /// <summary>What was said while the process started, as lines.</summary>
    public string StartupLog => _startup.ToString();

    /// <summary>Something to know.</summary>
    public void Notice(string text) => _logger.Say(LogLevel.Information, text);

    /// <summary>Something that is probably not as meant.</summary>
    public void Warning(string text)
    {
        Introduce();
        Warnings++;
        _logger.Say(LogLevel.Warning, text);
    }

    /// <summary>Something that does not work.</summary>
    public void Alert(string text)
    {
        Introduce();
        _logger.Say(LogLevel.Error, text);
    }

    /// <summary>A line as it is.</summary>
    public void Plain(string text)
    {
        if (!Quiet)
            _write(text + "\n");
    }

    /// <summary>An alert of the start itself, which the original signs with the first word of its command line.</summary>
    public void AlertInMain(string text) => Alert(InMain(text));

    /// <summary>A warning of the start itself, signed likewise.</summary>
    public void WarningInMain(string text) => Warning(InMain(text));

    private string InMain(string text) => $"[{_invocation.ProgramName}.main()] {text}";

    /// <summary>Something that only diagnostic mode tells.</summary>
    public void Diagnostic(string text)
    {
        Introduce();
        _logger.Say(LogLevel.Debug, text);
    }

    /// <summary>The next warning or alert is introduced again, even after the start: a master begins a new report with each load.</summary>
    public void IntroduceAgain()
    {
        _introduced = false;
        _introduces = true;
    }

    /// <summary>Takes over what was said before by the process that became this one.</summary>
    public void Resume(string startupLog) => _startup.Append(startupLog);

    private void Introduce()
    {
        if (_introduced || !(Starting || _introduces))
            return;
        _introduced = true;
        Notice("haproxy version is " + ProductVersion.Text);
        Notice("path to executable is " + _invocation.ExecutablePath);
    }

    private void Take(string line)
    {
        if (Starting)
            _startup.Append(line);
        if (!Quiet)
            _write(line);
    }

    /// <summary>Messages on this process' standard error.</summary>
    public static Messages OnStandardError(Invocation invocation) => new(invocation, StandardStreams.WriteError);
}
