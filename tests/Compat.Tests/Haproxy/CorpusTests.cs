using System.Text.Json;
using Dropin.Compat.Haproxy;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Ir.Source;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy;

/// <summary>
/// Configurations from public repositories with HAProxy's verdicts, where they lie beside the repository (<c>../shared/corpus/haproxy</c>).
/// </summary>
public sealed class CorpusTests
{
    internal static readonly string Folder = Environment.GetEnvironmentVariable("DROPIN_CORPUS")
        ?? Path.GetFullPath(Repository.PathOf("../shared/corpus/haproxy"));

    [CorpusFact]
    public void The_verdict_is_HAProxys_or_a_word_that_is_not_executed_is_named()
    {
        var wrong = new List<string>();
        var equal = 0;
        var total = 0;
        foreach (var line in File.ReadLines(Path.Combine(Folder, "EXPECTED.jsonl")))
        {
            using var expected = JsonDocument.Parse(line);
            var file = expected.RootElement.GetProperty("file").GetString()!;
            var v26 = expected.RootElement.GetProperty("v26");
            var result = Load(file);
            var exit = result.Config is null ? 1 : result.HasListener || result.Config.Global.MasterWorker ? 0 : 2;
            var texts = result.Diagnostics.Take(result.Shown).Where(d => d.Severity != DiagnosticSeverity.Diag).Select(DiagnosticText.Of).ToList();
            total++;
            equal += texts.SequenceEqual(v26.GetProperty("diags").EnumerateArray().Select(d => d.GetProperty("msg").GetString()!)) ? 1 : 0;
            if (exit != v26.GetProperty("exit").GetInt32() && !texts.Exists(t => t.Contains("not executed by this version", StringComparison.Ordinal)))
                wrong.Add($"{file}: {exit} instead of {v26.GetProperty("exit").GetInt32()}");
        }

        wrong.Should().BeEmpty();
        equal.Should().BeGreaterThan(total * 7 / 10, "most files say exactly the same");
    }

    private static LoadResult Load(string file) => HaproxyConfigLoader.Load([file], new LoadOptions
    {
        Environment = new Dictionary<string, string>(),
        Surroundings = new FolderSurroundings("/nowhere"),
        ReadFile = name => File.ReadAllBytes(Path.Combine(Folder, name)),
    });
}

/// <summary>A fact which is skipped, with the reason, where the corpus is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (!File.Exists(Path.Combine(CorpusTests.Folder, "EXPECTED.jsonl")))
            Skip = $"the corpus is not there: {CorpusTests.Folder}";
    }
}
