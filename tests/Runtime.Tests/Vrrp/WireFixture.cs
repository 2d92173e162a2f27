using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Tests.Support;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>One case of <c>fixtures/wire/vrrp</c>: an instance, bytes, and what keepalived 2.2.7 makes of them (README there).</summary>
public sealed class WireFixture
{
    private readonly Dictionary<string, string> _keys = [];
    private string _from = "10.9.0.1";

    public string Name { get; private init; } = "";

    public byte[] Bytes { get; private set; } = [];

    /// <summary>Whether the bytes were sent by the original.</summary>
    public bool IsSent { get; private set; }

    /// <summary>valid; unknown; discarded or unreadable with problem and numbers.</summary>
    public string[] Verdict { get; private set; } = [];

    /// <summary>Which advert of the instance it is, from 1.</summary>
    public int Count { get; private set; } = 1;

    public bool IsStop { get; private set; }

    public AdvertEnvelope Envelope { get; private set; }

    public bool IsV6 => Instance.Family == AddressFamily.InterNetworkV6;

    public InstanceConfig Instance { get; private set; } = null!;

    public string Own => IsSent ? _from : "10.9.0.1";

    public static IReadOnlyList<WireFixture> All { get; } = [.. Repository.Files("fixtures/wire/vrrp").Where(f => f.EndsWith(".txt", StringComparison.Ordinal)).Order().SelectMany(Read)];

    public override string ToString() => Name;

    internal Router Router()
    {
        var router = new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [Instance] }, IsV6 ? "10.9.0.1" : Own);
        return router.Start().UntilMaster();
    }

    private static IEnumerable<WireFixture> Read(string file)
    {
        foreach (var text in File.ReadAllText(Repository.PathOf(file)).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = text.Split('\n');
            var fixture = new WireFixture { Name = $"{Path.GetFileNameWithoutExtension(file)}: {lines[0]}" };
            var hex = new StringBuilder();
            foreach (var line in lines.Skip(1)) fixture.ReadLine(line, hex);
            fixture.Bytes = Convert.FromHexString(hex.ToString());
            fixture.Instance = fixture.BuildInstance();
            yield return fixture;
        }
    }

    private void ReadLine(string line, StringBuilder hex)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []: break;
            case ["instance", ..]:
                foreach (var word in words.Skip(1)) _keys[word.Split('=')[0]] = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
                break;
            case ["from", var source, "to", var destination, "hops", var hops]:
                Envelope = new AdvertEnvelope(Vrrp.Router.A(source), Vrrp.Router.A(destination), Number(hops));
                break;
            case ["from", var own]: _from = own; break;
            case ["advert", var count]: Count = Number(count); break;
            case ["stop"]: IsStop = true; break;
            case ["---", "in"]: break;
            case ["---", "out"]: IsSent = true; break;
            case ["---", ..]: Verdict = words[1..]; break;
            default: hex.AppendJoin("", words); break;
        }
    }

    private InstanceConfig BuildInstance()
    {
        var peers = Value("peers") is { } list ? list.Split(',').Select(Peer) : [];
        return new InstanceConfig
        {
            Name = "V",
            Interface = "eth0",
            RouterId = Number(_keys["id"]),
            Version = Number(_keys["version"]),
            Priority = Number(_keys["priority"]),
            Family = _keys["addresses"].Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
            Addresses = [.. _keys["addresses"].Split(',').Select(Vrrp.Router.Address)],
            AdvertInterval = TimeSpan.FromSeconds(double.Parse(Value("interval") ?? "1", CultureInfo.InvariantCulture)),
            Authentication = Value("pass") is { } password ? new(AuthenticationKind.Password, [.. Encoding.ASCII.GetBytes(password)])
                : Value("ah") is { } secret ? new(AuthenticationKind.Header, [.. Encoding.ASCII.GetBytes(secret)]) : null,
            ChecksumWithoutPseudoHeader = Value("plainsum") is not null,
            OldUnicastChecksum = Value("oldsum") switch { "always" => OldChecksum.Always, "never" => OldChecksum.Never, _ => OldChecksum.Automatic },
            Path = new AdvertPathConfig
            {
                IsUnicast = Value("peers") is not null,
                Peers = [.. peers],
                UnicastTtl = Number(Value("ttl") ?? "-1"),
                CheckSource = Value("checksource") is not null,
            },
        };
    }

    private string? Value(string key) => _keys.GetValueOrDefault(key);

    private static UnicastPeerConfig Peer(string text)
    {
        var parts = text.Split('/');
        return new UnicastPeerConfig(IPAddress.Parse(parts[0]), parts.Length > 1 ? Number(parts[1]) : -1, parts.Length > 2 ? Number(parts[2]) : -1);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
