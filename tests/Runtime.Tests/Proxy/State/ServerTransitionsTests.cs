using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.State;

/// <summary>Replays what the original logged and showed after commands of its command line (fixtures/balance/states).</summary>
public sealed class ServerTransitionsTests
{
    public static TheoryData<string> Cases => new(Repository.Files("fixtures/balance/states").Select(f => Path.GetFileNameWithoutExtension(f)!).Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sentences_and_states_are_those_of_the_original(string name)
    {
        var lines = File.ReadAllLines(Repository.PathOf($"fixtures/balance/states/{name}.txt"));
        var run = new ServerCase();
        foreach (var line in lines.Where(l => l.StartsWith("server ", StringComparison.Ordinal))) run.AddServer(line[7..]);
        run.Build();
        var said = new List<string>();
        var wanted = new List<string>();
        var now = 1_700_000_000_000_000L;
        foreach (var (line, index) in lines.Select((l, i) => (l, i)))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                said.Add(line);
                wanted.Add(line);
                now += 50_000;
                var command = line[2..];
                if (command.StartsWith("show", StringComparison.Ordinal) || lines[index + 1] == "refused") continue;
                run.Messages.Clear();
                run.Command(command, now);
                said.AddRange(run.Messages.Select(m => $"log {m.Level} {m.Text}"));
            }
            else if (line.StartsWith("log ", StringComparison.Ordinal))
            {
                wanted.Add(line);
            }
            else if (line.StartsWith("st ", StringComparison.Ordinal))
            {
                wanted.Add(line);
                said.Add("st " + string.Join(' ', run.Backends["be"].Servers.Select(s => $"{s.Name}:{(int)s.Operational},{(int)s.Admin},{s.UserWeight}")));
            }
        }

        string.Join('\n', said).Should().Be(string.Join('\n', wanted));
    }
}
