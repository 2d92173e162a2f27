namespace Dropin.Runtime.Sys.Process;

/// <summary>Numbers of the signals this project sends or takes (signal(7), x86-64 and arm64 Linux).</summary>
public static class Signal
{
    /// <summary>Terminal hung up; asks for a dump, or a master for a reload.</summary>
    public const int Hup = 1;

    /// <summary>Interrupt from the keyboard.</summary>
    public const int Int = 2;

    /// <summary>Quit from the keyboard.</summary>
    public const int Quit = 3;

    /// <summary>Kill; cannot be taken.</summary>
    public const int Kill = 9;

    /// <summary>User signal 1: soft stop.</summary>
    public const int Usr1 = 10;

    /// <summary>User signal 2: reload of a master.</summary>
    public const int Usr2 = 12;

    /// <summary>Write to a pipe without a reader.</summary>
    public const int Pipe = 13;

    /// <summary>Terminate: hard stop.</summary>
    public const int Term = 15;

    /// <summary>A child has ended.</summary>
    public const int Chld = 17;

    /// <summary>Terminal input in the background: resume listeners.</summary>
    public const int Ttin = 21;

    /// <summary>Terminal output in the background: pause listeners.</summary>
    public const int Ttou = 22;

    /// <summary>What strsignal(3) says in the C locale.</summary>
    public static string Describe(int signal) => signal switch
    {
        Hup => "Hangup",
        Int => "Interrupt",
        Quit => "Quit",
        4 => "Illegal instruction",
        5 => "Trace/breakpoint trap",
        6 => "Aborted",
        7 => "Bus error",
        8 => "Floating point exception",
        Kill => "Killed",
        Usr1 => "User defined signal 1",
        11 => "Segmentation fault",
        Usr2 => "User defined signal 2",
        Pipe => "Broken pipe",
        14 => "Alarm clock",
        Term => "Terminated",
        24 => "CPU time limit exceeded",
        25 => "File size limit exceeded",
        31 => "Bad system call",
        _ => "Unknown signal " + signal.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
