using System.Globalization;

namespace Dropin.Compat.Haproxy.Arguments;

/// <summary>
/// Reads the command line as the original does: an option is known by its first letters, what follows them is ignored
/// (<c>-Vx</c> is <c>-V</c>, an unknown <c>-dx</c> is <c>-d</c>), and the next word is its value even when it begins with a dash.
/// </summary>
public static class ArgumentReader
{
    /// <summary>Reads the words after the program's name.</summary>
    public static HaproxyArguments Read(IReadOnlyList<string> words)
    {
        var read = new HaproxyArguments();
        List<string> files = [], masterSockets = [];
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var word))
        {
            if (word.Length < 2 || word[0] != '-')
                return read with { ShowUsage = true };
            var letters = word.AsSpan(1);
            if (letters is "-")
            {
                files.AddRange(rest);
                break;
            }
            if (IsCondition(letters))
            {
                if (!rest.TryDequeue(out var condition))
                    return read with { ShowUsage = true };
                read = read with { Condition = condition };
            }
            else if (letters[0] is 'C' or 'f' or 'L' or 'm' or 'n' or 'N' or 'p' or 'S')
            {
                if (!rest.TryDequeue(out var value))
                    return read with { Error = "failed to copy argv." }; // the original copies the words for its next execution first
                if (letters[0] == 'f')
                    files.Add(value);
                else if (letters[0] == 'S')
                    masterSockets.Add(value);
                else
                    read = WithValue(read, letters[0], value);
            }
            else if (letters[0] == 's')
            {
                read = ReadOldPids(read, letters, rest);
            }
            else if (letters[0] == 'x')
            {
                if (!rest.TryDequeue(out var path))
                    return read with { Error = "Unix socket path expected with the -x flag\n", ShowUsage = true };
                read = read with { OldSocketRepeated = read.OldSocket != null || read.OldSocketRepeated, OldSocket = path };
            }
            else
            {
                read = WithSwitch(read, letters);
            }
            if (read.ShowVersion != 0 || read.ShowMemoryOptions || read.ShowUsage || read.Error != null)
                return read;
        }
        return read with { Files = files, MasterSockets = masterSockets };
    }

    private static bool IsCondition(ReadOnlySpan<char> letters) => letters.StartsWith("cc");

    private static HaproxyArguments WithValue(HaproxyArguments read, char option, string value) => option switch
    {
        'C' => read with { Directory = value },
        'L' => read with { LocalPeer = value },
        'm' => read with { MemoryLimit = Number(value) },
        'n' => read with { MaxConnections = Number(value) },
        'N' => read with { ProxyMaxConnections = Number(value) },
        _ => read with { PidFile = value },
    };

    private static HaproxyArguments WithSwitch(HaproxyArguments read, ReadOnlySpan<char> letters) => letters[0] switch
    {
        'v' => read with { ShowVersion = letters.StartsWith("vv") ? 2 : 1 },
        'V' => read with { Verbose = true },
        'q' => read with { Quiet = true },
        'c' => read with { Check = true },
        'D' => read with { Daemon = true },
        'W' => read with { MasterWorker = true, Systemd = read.Systemd || letters.StartsWith("Ws") },
        'd' => WithDebugSwitch(read, letters[1..]),
        _ => read with { ShowUsage = true },
    };

    private static HaproxyArguments WithDebugSwitch(HaproxyArguments read, ReadOnlySpan<char> letters)
    {
        if (letters.IsEmpty)
            return read with { Debug = true };
        return letters[0] switch
        {
            'b' => read with { Foreground = true },
            'W' => read with { ZeroWarning = true },
            'D' => read with { Diagnose = true },
            'r' => read with { IgnoreResolution = true },
            'V' => read with { NoVerify = true },
            'R' => read with { NoReusePort = true },
            'S' => read with { NoSplice = true },
            'G' => read with { NoGetaddrinfo = true },
            'e' => read with { NoEpoll = true },
            'p' => read with { NoPoll = true },
            'L' => read with { ListLibraries = true },
            'K' => read with { DumpKeywords = letters[1..].ToString() },
            'M' => WithMemoryOptions(read, letters[1..]),
            _ => read with { Debug = true },
        };
    }

    /// <summary>
    /// <c>-dM[byte][,option]*</c>: we have no memory pools to poison; the words are checked, so that a typing error shows as with the original.
    /// </summary>
    private static HaproxyArguments WithMemoryOptions(HaproxyArguments read, ReadOnlySpan<char> text)
    {
        var first = true;
        foreach (var range in text.Split(','))
        {
            var option = text[range];
            if (option is "help")
                return read with { ShowMemoryOptions = true };
            if (!option.IsEmpty && !(first && IsByte(option)) && !MemoryOptions.IsKnown(option))
                return read with { Error = $"-dM: unknown pool debugging feature <{option}>" };
            first = false;
        }
        return read;
    }

    private static bool IsByte(ReadOnlySpan<char> text) => text.StartsWith("0x")
        ? int.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static HaproxyArguments ReadOldPids(HaproxyArguments read, ReadOnlySpan<char> letters, Queue<string> rest)
    {
        if (letters is not ("sf" or "st"))
            return read with { ShowUsage = true };
        List<int> pids = [.. read.OldPids];
        while (rest.TryPeek(out var word) && !word.StartsWith('-'))
        {
            rest.Dequeue();
            var digits = 0;
            while (digits < word.Length && char.IsAsciiDigit(word[digits]))
                digits++;
            if (digits < word.Length)
                return read with { Error = $"-{letters} option: some bytes unconsumed in PID list {{{word[digits..]}}}" };
            var pid = Number(word);
            if (pid <= 0)
                return read with { ShowUsage = true };
            pids.Add(pid);
        }
        return read with { OldPids = pids, TerminateOld = letters is "st" };
    }

    /// <summary>A number as atol(3) reads it: the leading digits, 0 when there are none.</summary>
    private static int Number(string text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        return long.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var value) ? (int)Math.Min(value, int.MaxValue) : 0;
    }
}
