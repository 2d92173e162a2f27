using System.Globalization;
using System.Net;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Tests.Proxy.State;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Balance;

/// <summary>Replays which server the original chose (fixtures/balance/choices).</summary>
public sealed class ChoicesTests
{
    public static TheoryData<string> Cases => new(Repository.Files("fixtures/balance/choices").Select(f => Path.GetFileNameWithoutExtension(f)!).Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_server_is_the_one_the_original_chose(string name)
    {
        var lines = File.ReadAllLines(Repository.PathOf($"fixtures/balance/choices/{name}.txt")).Where(l => l.Length > 0 && l[0] != '#').ToArray();
        var run = new ServerCase();
        var balance = new BalanceConfig();
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "balance": balance = Algorithm(balance, words); break;
                case "hash-type": balance = HashType(balance, words); break;
                case "factor": balance = balance with { HashBalanceFactor = int.Parse(words[1], CultureInfo.InvariantCulture) }; break;
                case "option": run.Options |= ProxyOptions.AllBackups; break;
                case "server": run.AddServer(line[7..]); break;
            }
        }

        if (balance.Method == HashMethod.Consistent && !lines.Any(l => l.StartsWith("hash-type consistent ", StringComparison.Ordinal))) balance = balance with { Avalanche = true };
        run.Balance = balance;
        run.Build();
        using var loop = new Loop(0, 16384, 16);
        var clients = new Clients(run.Backends["be"], loop);
        var made = new List<string>();
        var wanted = new List<string>();
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "balance" or "hash-type" or "option" or "server" or "factor": continue;
                case ">": run.Command(line[2..], 0); continue;
                case "next": made.Add("next " + string.Join(' ', words.Skip(1).Select(_ => clients.Pass(BalanceHash.None)))); break;
                case "load": made.Add("load " + string.Join(' ', words.Skip(1).Select(clients.Load))); break;
                default:
                    var arrow = line.LastIndexOf(" => ", StringComparison.Ordinal);
                    var key = line[(words[0].Length + 1)..arrow];
                    made.Add($"{words[0]} {key} => {clients.Pass(HashOf(run.Backends["be"].BalanceKey, words[0], key), stays: words[0] == "stay")}");
                    break;
            }

            wanted.Add(line);
        }

        string.Join('\n', made).Should().Be(string.Join('\n', wanted));
    }

    [Theory]
    [InlineData(BalanceAlgorithm.RoundRobin, HashMethod.MapBased)]
    [InlineData(BalanceAlgorithm.StaticRoundRobin, HashMethod.MapBased)]
    [InlineData(BalanceAlgorithm.LeastConnections, HashMethod.MapBased)]
    [InlineData(BalanceAlgorithm.First, HashMethod.MapBased)]
    [InlineData(BalanceAlgorithm.Random, HashMethod.Consistent)]
    [InlineData(BalanceAlgorithm.Source, HashMethod.MapBased)]
    [InlineData(BalanceAlgorithm.Source, HashMethod.Consistent)]
    public void Choosing_allocates_nothing(BalanceAlgorithm algorithm, HashMethod method)
    {
        var run = new ServerCase { Balance = new BalanceConfig { Algorithm = algorithm, Method = method } };
        for (var i = 1; i <= 20; i++) run.AddServer($"be/s{i} weight={i}");
        run.Build();
        using var loop = new Loop(0, 16384, 16);
        var backend = run.Backends["be"];
        var entry = new QueueEntry(loop, new Client());
        byte[] address = [10, 0, 0, 1];
        void Once()
        {
            address[3]++;
            var made = ServerSelection.Assign(backend, entry, new ServerWish { Hash = backend.BalanceKey.OfAddress(address) }, 0);
            ServerSelection.Release(made.Server!, loop);
        }

        for (var i = 0; i < 500; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++) Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Random_follows_the_weights_and_avoids_the_loaded()
    {
        var run = new ServerCase { Balance = new BalanceConfig { Algorithm = BalanceAlgorithm.Random, Draws = 1 } };
        run.AddServer("be/s1 weight=10");
        run.AddServer("be/s2 weight=30");
        run.Build();
        using var loop = new Loop(0, 16384, 16);
        var clients = new Clients(run.Backends["be"], loop);
        var second = Enumerable.Range(0, 2000).Count(_ => clients.Pass(BalanceHash.None) == "s2");
        second.Should().BeInRange(1300, 1700);

        run = new ServerCase { Balance = new BalanceConfig { Algorithm = BalanceAlgorithm.Random, Draws = 2 } };
        run.AddServer("be/s1");
        run.AddServer("be/s2");
        run.Build();
        clients = new Clients(run.Backends["be"], loop);
        var held = Enumerable.Range(0, 200).Count(_ => clients.Load("+") == "s1");
        held.Should().BeInRange(90, 110);
    }

    private static BalanceHash HashOf(BalanceKey key, string kind, string text)
    {
        var head = new HttpHead();
        head.Reset(new BufferPool(8192));
        switch (kind)
        {
            case "src": return key.OfAddress(IPAddress.Parse(text).GetAddressBytes());
            case "uri" or "stay": head.StartRequest("GET"u8, Encoding.Latin1.GetBytes(text)); return key.OfRequest(head, default);
            case "post":
                head.StartRequest("POST"u8, Encoding.Latin1.GetBytes(text.Split(' ')[0]));
                return key.OfRequest(head, Encoding.Latin1.GetBytes(text.Split(' ')[1]));
            default:
                head.StartRequest("GET"u8, "/"u8);
                head.Add(Encoding.Latin1.GetBytes(kind), Encoding.Latin1.GetBytes(text));
                return key.OfRequest(head, default);
        }
    }

    private static BalanceConfig Algorithm(BalanceConfig config, string[] words)
    {
        var name = words[1].Split('(');
        config = config with
        {
            Algorithm = name[0] switch
            {
                "roundrobin" => BalanceAlgorithm.RoundRobin,
                "static-rr" => BalanceAlgorithm.StaticRoundRobin,
                "leastconn" => BalanceAlgorithm.LeastConnections,
                "first" => BalanceAlgorithm.First,
                "source" => BalanceAlgorithm.Source,
                "uri" => BalanceAlgorithm.Uri,
                "url_param" => BalanceAlgorithm.UrlParameter,
                "hdr" => BalanceAlgorithm.Header,
                _ => throw new InvalidOperationException(words[1]),
            },
            Name = name.Length > 1 ? name[1].TrimEnd(')') : words[1] == "url_param" ? words[2] : "",
        };
        for (var i = 2; i < words.Length; i++)
            config = words[i] switch
            {
                "whole" => config with { UriWhole = true },
                "path-only" => config with { UriPathOnly = true },
                "use_domain_only" => config with { DomainOnly = true },
                "len" => config with { UriLength = int.Parse(words[++i], CultureInfo.InvariantCulture) },
                "depth" => config with { UriDepth = int.Parse(words[++i], CultureInfo.InvariantCulture) },
                _ => config,
            };
        return config;
    }

    private static BalanceConfig HashType(BalanceConfig config, string[] words) => config with
    {
        Method = words[1] == "consistent" ? HashMethod.Consistent : HashMethod.MapBased,
        Function = words.Length < 3 ? HashFunction.Sdbm : Enum.Parse<HashFunction>(words[2], ignoreCase: true),
        Avalanche = words.Length > 3,
    };

    private sealed class Client : LoopTask
    {
        protected internal override void Run(Loop loop)
        {
        }
    }

    /// <summary>Clients that come and go one after the other.</summary>
    private sealed class Clients(BackendState backend, Loop loop)
    {
        private readonly QueueEntry _entry = new(loop, new Client());

        public string Pass(BalanceHash hash, bool stays = false)
        {
            var made = ServerSelection.Assign(backend, _entry, new ServerWish { Hash = hash }, 0);
            if (made.Result != AssignmentResult.Assigned) return "!503";
            if (!stays) ServerSelection.Release(made.Server!, loop);
            return made.Server!.Name;
        }

        /// <summary>"2" or "+": one comes and stays. "2.": one comes and goes. "-2": one on s2 goes.</summary>
        public string Load(string word)
        {
            if (word[0] == '-')
            {
                ServerSelection.Release(backend.Servers.First(s => s.Name == "s" + word[1..]), loop);
                return word;
            }

            var made = ServerSelection.Assign(backend, _entry, default, 0);
            if (made.Result != AssignmentResult.Assigned) return made.Result.ToString();
            if (word[^1] == '.') ServerSelection.Release(made.Server!, loop);
            return word == "+" ? made.Server!.Name : made.Server!.Name[1..] + (word[^1] == '.' ? "." : "");
        }
    }
}
