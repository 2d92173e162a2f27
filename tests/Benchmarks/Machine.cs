using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dropin.Benchmarks;

/// <summary>Ports, processes and the two processors of the machine on which a benchmark runs.</summary>
internal static class Machine
{
    /// <summary>The processor of the program under test; load and origin share the others, so that both programs meet the same company.</summary>
    public const string ProxyCpu = "0";

    /// <summary>The processors of everything else.</summary>
    public static string OtherCpus => Environment.ProcessorCount < 2 ? "0" : $"1-{Environment.ProcessorCount - 1}";

    private static int s_next = 25000 + (Environment.ProcessId * 7 % 1900);

    /// <summary>A free port on loopback, below the range from which the kernel takes the ports of outgoing connections.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = s_next = s_next >= 26999 ? 25000 : s_next + 1;
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try { socket.Bind(new IPEndPoint(IPAddress.Loopback, port)); return port; }
            catch (SocketException) { } // taken: the next one
        }
    }

    /// <summary>Starts a program on given processors (the process is the program: taskset replaces itself).</summary>
    public static Process Start(string cpus, string program, params string[] arguments) => StartHere("taskset", ["-c", cpus, program, .. arguments]);

    /// <summary>Starts a program on any processor.</summary>
    public static Process StartHere(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static string Run(string cpus, string program, params string[] arguments)
    {
        using var process = Start(cpus, program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }

    public static bool WaitListening(int port, TimeSpan limit, Func<bool> alive)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < limit && alive())
        {
            if (CanConnect(port)) return true;
            Thread.Sleep(5);
        }
        return false;
    }

    public static bool CanConnect(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try { socket.Connect(new IPEndPoint(IPAddress.Loopback, port)); return true; }
        catch (SocketException) { return false; }
    }
}
