using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Dropin.Tests.Support.Differential;

/// <summary>Gives the placeholders of one run their values: <c>{{dir}}</c>, <c>{{cfg}}</c>, and a reserved port for every other name.</summary>
public sealed partial class CaseNames(string folder) : IDisposable
{
    private readonly Dictionary<string, int> _ports = [];

    public IReadOnlyDictionary<string, int> Ports => _ports;

    /// <summary>The port of that name, reserved at its first use.</summary>
    public int Port(string name)
    {
        if (!_ports.TryGetValue(name, out var port))
            _ports[name] = port = Support.Ports.Reserve();
        return port;
    }

    public string Fill(string text) => Placeholder().Replace(text, m => m.Groups[1].Value switch
    {
        "dir" => folder,
        "cfg" => $"{folder}/case.cfg",
        "i" => m.Value,
        var name => Port(name).ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    public IReadOnlyList<string> Fill(IReadOnlyList<string> lines) => [.. lines.Select(Fill)];

    /// <summary>Where a peer connects or listens: a name (loopback, its port), <c>v6:name</c>, <c>unix:path</c>, <c>abns:name</c>.</summary>
    public EndPoint Target(string word)
    {
        word = Fill(word);
        if (word.StartsWith("unix:", StringComparison.Ordinal))
            return new UnixDomainSocketEndPoint(word[5..]);
        if (word.StartsWith("abns:", StringComparison.Ordinal))
            return new UnixDomainSocketEndPoint("\0" + word[5..]);
        if (word.StartsWith("v6:", StringComparison.Ordinal))
            return new IPEndPoint(IPAddress.IPv6Loopback, Port(word[3..]));
        return word.Split('@') is [var name, var address]
            ? new IPEndPoint(IPAddress.Parse(address), Port(name))
            : new IPEndPoint(IPAddress.Loopback, Port(word));
    }

    public void Dispose()
    {
        foreach (var port in _ports.Values)
            Support.Ports.Release(port);
    }

    [GeneratedRegex(@"\{\{([A-Za-z][\w-]*)\}\}")]
    private static partial Regex Placeholder();
}
