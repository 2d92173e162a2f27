using System.Diagnostics;
using System.Text;
using Dropin.Compat.Halog;
using Dropin.Compat.Halog.Arguments;
using Dropin.Tests.Support;

namespace Dropin.Compat.Tests.Halog;

/// <summary>One run of ours in this process, or of the original as a process, on a file.</summary>
internal static class HalogCase
{
    /// <summary>The original, beside which ours is held.</summary>
    public const string Original = "/usr/bin/halog";

    /// <summary>Command lines that together use every option.</summary>
    public static readonly string[] CommandLines =
    [
        "-H", "-H -v", "-e", "-E", "-e -v", "-E -e", "-Q", "-QS", "-Q -v", "-rt 1", "-RT 5", "-rt 1 -v", "-rt 5 -RT 3", "-RT 5 -rt 3", "-hs 400:", "-HS 400:", "-hs 200", "-hs :299", "-tcn --",
        "-TCN --", "-tcn SC", "-time 1795534256", "-time :1795534256", "-time 1795534256:", "-c", "-c -H", "-c -v", "-c -m 2", "-c -m 0", "-q", "-query", "-c -st", "-c -gt", "-c -hdr 1:1", "-H -Q",
        "-gt", "-gt -q", "-pct", "-st", "-st -e", "-cc", "-tc", "-tc -m 2", "-srv", "-srv -m 1", "-ic", "-ic -m 3", "-u", "-uc", "-ue", "-ua", "-ut", "-uao", "-uto", "-uba", "-ubt", "-u -query", "-u -m 3",
        "-hdr 1:1", "-hdr 1:2", "-hdr 2:1", "-hdr :2", "-hdr 2:", "-hdr 9:9", "-ac 1", "-ac 2", "-ad 1", "-ad 100", "-ac 2 -ad 5", "-ac 1 -m 2", "-s 1 -H", "-s 2 -H", "-s -4 -H", "-s -9 -H",
        "-m 0 -H", "-m 0 -u", "-m 3 -H", "-m -1 -H", "-x -H", "-H foo -c",
    ];

    /// <summary>Command lines that end with a sentence or the help.</summary>
    public static readonly string[] Sentences =
        ["", "-h", "--help", "-c --help", "-x", "foo -c", "-rt", "-RT", "-hs", "-HS", "-time", "-tcn", "-TCN", "-ad", "-ac", "-m", "-s", "-hdr", "-hdr 1", "-hdr 0:1", "-hdr 1:x", "-v", "-m 3", "-s 3", "-v -m 1 -s 1"];

    /// <summary>Runs ours; standard output, then what was said.</summary>
    public static string Ours(string commandLine, string log)
    {
        var options = HalogArguments.Read(Words(commandLine)).Options ?? throw new InvalidOperationException(commandLine);
        using var folder = new TempDirectory();
        var (output, errors) = (Path.Combine(folder.Path, "out"), Path.Combine(folder.Path, "err"));
        using (var from = File.OpenHandle(log))
        using (var to = File.OpenHandle(output, FileMode.Create, FileAccess.Write))
        using (var said = File.OpenHandle(errors, FileMode.Create, FileAccess.Write))
            new LogRun(options, (int)from.DangerousGetHandle(), (int)to.DangerousGetHandle(), (int)said.DangerousGetHandle()).Run();
        return File.ReadAllText(output, Encoding.Latin1) + "--\n" + File.ReadAllText(errors, Encoding.Latin1);
    }

    /// <summary>What ours answers to a command line without a log.</summary>
    public static string OurSentence(string commandLine) => HalogArguments.Read(Words(commandLine)) switch
    {
        { Help: true } => $"0\n{Texts.Usage}{Texts.LongHelp}--\n",
        { Problem: { } problem } => $"1\n--\n{problem}\n{Texts.Usage}",
        _ => throw new InvalidOperationException(commandLine),
    };

    /// <summary>Runs the original.</summary>
    public static (string Text, int Status) TheOriginal(string commandLine, string log)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.Latin1, StandardErrorEncoding = Encoding.Latin1 };
        foreach (var word in (string[])["-c", "log=$1; shift; exec \"$@\" <\"$log\"", "sh", log, Original, .. Words(commandLine)]) start.ArgumentList.Add(word);
        using var process = System.Diagnostics.Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (text + "--\n" + said.Result, process.ExitCode);
    }

    /// <summary>A log of fixtures/halog.</summary>
    public static string Log(string name) => Repository.PathOf($"fixtures/halog/{name}.log");

    private static string[] Words(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
