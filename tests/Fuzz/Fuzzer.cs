using System.Diagnostics;
using System.Security.Cryptography;
using Dropin.Fuzz.Targets;

namespace Dropin.Fuzz;

/// <summary>A mutation fuzzer without coverage: seeds, words of the language, and splices of both, for a bounded time.</summary>
internal sealed class Fuzzer(Target target, string folder, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<byte[]> _seeds = [.. target.Seeds];
    private readonly HashSet<string> _kinds = [];
    private long _started;
    private byte[] _current = [];

    /// <summary>Files written: one for each new kind of finding.</summary>
    public List<string> Findings { get; } = [];

    public long Inputs { get; private set; }

    public void Run(TimeSpan time)
    {
        if (_seeds.Count == 0) throw new InvalidOperationException($"{target.Name} has no seeds");
        var clock = Stopwatch.StartNew();
        using var watchdog = new Timer(_ => EndHang(), null, 1000, 1000);
        while (clock.Elapsed < time)
        {
            var input = Mutate();
            _current = input;
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            if (Problem(input) is { } problem) Keep(input, problem);
            Volatile.Write(ref _started, 0);
            Inputs++;
        }
    }

    /// <summary>The kind of finding (exception type and where it was thrown), or null.</summary>
    private string? Problem(byte[] input)
    {
        try
        {
            target.Check(input);
            return null;
        }
        catch (Exception e)
        {
            var where = new StackTrace(e, true).GetFrames().FirstOrDefault(f => f.GetMethod()?.DeclaringType?.FullName?.StartsWith("Dropin.", StringComparison.Ordinal) == true);
            return $"{e.GetType().Name} in {where?.GetMethod()?.DeclaringType?.Name}.{where?.GetMethod()?.Name}";
        }
    }

    private void Keep(byte[] input, string problem)
    {
        if (!_kinds.Add(problem)) return;
        input = Shorten(input, problem);
        Write(input, problem, "");
    }

    private void Write(byte[] input, string problem, string prefix)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, prefix + Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(path, input);
        Findings.Add(path);
        Console.WriteLine($"{target.Name}: {problem}\n    {path} ({input.Length} bytes)");
    }

    // Removes ever smaller pieces as long as the same thing happens.
    private byte[] Shorten(byte[] input, string problem)
    {
        for (var size = input.Length / 2; size > 0; size /= 2)
            for (var at = 0; at + size <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + size)..]];
                if (Problem(shorter) == problem) input = shorter;
                else at += size;
            }
        return input;
    }

    private void EndHang()
    {
        var started = Volatile.Read(ref _started);
        if (started == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < 10) return;
        Write(_current, "no end within 10 s", "hang-");
        Environment.Exit(1);
    }

    private byte[] Mutate()
    {
        var bytes = _seeds[_random.Next(_seeds.Count)].ToList();
        for (var changes = 1 + _random.Next(1 << _random.Next(5)); changes > 0; changes--)
        {
            var at = _random.Next(bytes.Count + 1);
            var length = _random.Next(1 + Math.Min(bytes.Count - at, 1 << _random.Next(8)));
            switch (_random.Next(8))
            {
                case 0: if (at < bytes.Count) bytes[at] = (byte)_random.Next(256); break;
                case 1: if (at < bytes.Count) bytes[at] ^= (byte)(1 << _random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4 or 5: bytes.InsertRange(at, target.Words[_random.Next(target.Words.Count)]); break;
                case 6: bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), 1 << _random.Next(9))); break;
                default:
                    var other = _seeds[_random.Next(_seeds.Count)];
                    var from = _random.Next(other.Length);
                    bytes.InsertRange(at, other[from..(from + _random.Next(1 + other.Length - from))]);
                    break;
            }
            if (bytes.Count > target.Limit) bytes.RemoveRange(target.Limit, bytes.Count - target.Limit);
        }
        return [.. bytes];
    }
}
