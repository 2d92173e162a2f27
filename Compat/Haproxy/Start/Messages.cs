using System.Text;
using Dropin.Compat.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// Messages of the process on standard error, in the original's layout: <c>[ALERT]    (PID) : text</c>. Before the first warning
/// or alert two notices name the version and the file that runs, as the original does it, so that a report is complete.
/// </summary>
/// <param name="invocation">How this program was started.</param>
/// <param name="write">Where the lines go.</param>
public sealed class Messages(Invocation invocation, Action<string> write)
{
    private readonly StringBuilder _startup = new();
    private bool _introduced;
    private bool _introduces;

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
    public void Notice(string text) => Say("[NOTICE]", text);

    /// <summary>Something that is probably not as meant.</summary>
    public void Warning(string text)
    {
        Introduce();
        Warnings++;
        Say("[WARNING]", text);
    }

    /// <summary>Something that does not work.</summary>
    public void Alert(string text)
    {
        Introduce();
        Say("[ALERT]", text);
    }

    /// <summary>A line as it is.</summary>
    public void Plain(string text)
    {
        if (!Quiet)
            write(text + "\n");
    }

    /// <summary>An alert of the start itself, which the original signs with the first word of its command line.</summary>
    public void AlertInMain(string text) => Alert(InMain(text));

    /// <summary>A warning of the start itself, signed likewise.</summary>
    public void WarningInMain(string text) => Warning(InMain(text));

    private string InMain(string text) => $"[{invocation.ProgramName}.main()] {text}";

    /// <summary>Something that only diagnostic mode tells.</summary>
    public void Diagnostic(string text)
    {
        Introduce();
        Say("[DIAG]", text);
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
        Say("[NOTICE]", "haproxy version is " + ProductVersion.Text);
        Say("[NOTICE]", "path to executable is " + invocation.ExecutablePath);
    }

    private void Say(string severity, string text)
    {
        var line = $"{severity,-10} ({Pid}) : {text}\n";
        if (Starting)
            _startup.Append(line);
        if (!Quiet)
            write(line);
    }

    /// <summary>Messages on this process' standard error.</summary>
    public static Messages OnStandardError(Invocation invocation) => new(invocation, StandardStreams.WriteError);
}
