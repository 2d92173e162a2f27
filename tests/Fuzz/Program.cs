using System.Globalization;
using Dropin.Fuzz.Targets;
using Dropin.Tests.Support;

namespace Dropin.Fuzz;

/// <summary><c>Dropin.Fuzz SECONDS [TARGET ...]</c>: searches, keeps what it finds in fixtures/fuzz/TARGET, exit code 1 when it found something.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
        var names = args.Length > 1 ? args[1..] : [.. Target.All.Keys];
        var found = 0;
        foreach (var name in names)
        {
            if (!Target.All.TryGetValue(name, out var target))
            {
                Console.Error.WriteLine($"no target {name}; targets: {string.Join(' ', Target.All.Keys)}");
                return 2;
            }
            var seed = Environment.TickCount;
            var fuzzer = new Fuzzer(target, Repository.PathOf($"fixtures/fuzz/{name}"), seed);
            fuzzer.Run(TimeSpan.FromSeconds(seconds));
            Console.WriteLine($"{name}: {fuzzer.Inputs} inputs in {seconds} s (seed {seed}), {fuzzer.Findings.Count} findings");
            found += fuzzer.Findings.Count;
        }
        return found == 0 ? 0 : 1;
    }
}
