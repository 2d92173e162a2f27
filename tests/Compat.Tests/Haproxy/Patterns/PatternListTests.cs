using System.Globalization;
using System.Text;
using Dropin.Parsers.Haproxy;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Rules.Patterns;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Patterns;

/// <summary>Lists that change while they are looked at: against a model that walks a plain list.</summary>
public sealed class PatternListTests
{
    private readonly ProxyEngine _engine;

    public PatternListTests()
    {
        const string Text = """
            frontend f
                bind 127.0.0.1:1
                mode http
                acl text path -u 1 -m str /1
                acl begin path -u 2 -m beg /1
                acl folded path -u 3 -i -m beg /1
                acl part path -u 4 -m sub 1
                acl block src -u 5 10.0.0.0/8
                http-request deny if text begin folded part block

            """;
        var bytes = Encoding.Latin1.GetBytes(Text);
        var result = HaproxyConfigLoader.Load(["lists.cfg"], new LoadOptions { Environment = new Dictionary<string, string>(), ReadFile = _ => bytes });
        _engine = EngineBuilder.Build(result.Config!, 100, PatternTexts.Read);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void A_list_finds_what_a_plain_walk_finds(int id, bool longestWins)
    {
        var list = List(id);
        var model = new List<string> { list.Entries[0].Key };
        var random = new Random(7 + id);
        for (var round = 0; round < 600; round++)
        {
            var key = "/" + random.Next(1, 300).ToString(CultureInfo.InvariantCulture);
            if (random.Next(4) == 0)
            {
                list.Delete(key).Should().Be(model.RemoveAll(one => one == key) > 0);
            }
            else
            {
                list.Add(0, key, null).Should().BeNull();
                model.Add(key);
            }

            var asked = "/" + random.Next(1, 3000).ToString(CultureInfo.InvariantCulture);
            var fitting = model.Where(one => id switch { 1 => asked == one, 4 => asked.Contains(one, StringComparison.Ordinal), _ => asked.StartsWith(one, StringComparison.Ordinal) });
            Find(list, asked).Should().Be(longestWins ? fitting.MaxBy(one => one.Length) : fitting.FirstOrDefault(), "of {0} in round {1}", asked, round);
        }

        list.PatternCount.Should().Be(model.Count);
    }

    [Fact]
    public void Of_blocks_the_smallest_wins_whenever_it_was_added()
    {
        var list = List(5);
        for (var i = 0; i < 100; i++)
        {
            list.Add(0, $"10.{i}.0.0/16", null).Should().BeNull();
            list.Add(0, $"10.{i}.7.0/24", null).Should().BeNull();
        }

        list.Add(0, "10.0.0.0/9", null);
        Find(list, "10.50.7.1").Should().Be("10.50.7.0/24");
        Find(list, "10.50.8.1").Should().Be("10.50.0.0/16");
        Find(list, "10.110.1.1").Should().Be("10.0.0.0/9");
        Find(list, "10.200.1.1").Should().Be("10.0.0.0/8");
        Find(list, "11.0.0.1").Should().BeNull();
        list.Delete("10.50.7.0/24").Should().BeTrue();
        Find(list, "10.50.7.1").Should().Be("10.50.0.0/16");
        list.Add(0, "10.1.2.300", null).Should().Be("'10.1.2.300' is not a valid IPv4 or IPv6 address");
    }

    [Fact]
    public void A_prepared_version_is_seen_from_its_commit_on()
    {
        var list = List(1);
        list.Commit(1).Should().BeFalse("nothing was prepared");
        list.Prepare().Should().Be(1);
        list.Prepare().Should().Be(2);
        list.Add(2, "/new", null);
        list.Add(1, "/given-up", null);
        (Find(list, "/new"), Find(list, "/1")).Should().Be((null, "/1"));
        list.Commit(2).Should().BeTrue();
        (Find(list, "/new"), Find(list, "/1"), Find(list, "/given-up")).Should().Be(("/new", null, null));
        list.Entries.Should().HaveCount(1, "older versions go with the commit");
        list.Commit(1).Should().BeFalse("it is in the past");
        list.Clear(2);
        Find(list, "/new").Should().BeNull();
    }

    [Fact]
    public void Readers_see_old_or_new_while_a_list_changes()
    {
        var list = List(1);
        list.Add(0, "/stays", null);
        using var stop = new CancellationTokenSource();
        var lost = 0;
        var reader = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                lost += Find(list, "/stays") is null ? 1 : 0;
            }
        });
        reader.Start();
        for (var i = 0; i < 3000; i++)
        {
            list.Add(0, "/x" + i.ToString(CultureInfo.InvariantCulture), null);
            if (i % 3 == 0)
            {
                list.Delete("/x" + (i / 2).ToString(CultureInfo.InvariantCulture));
            }
        }

        stop.Cancel();
        reader.Join();
        lost.Should().Be(0);
    }

    private PatternList List(int id) => _engine.Environment.Patterns.Find(id)!;

    private string? Find(PatternList list, string text) => PatternLookup.Find(list, Encoding.Latin1.GetBytes(text), _engine)[0].Entry?.Key;
}
