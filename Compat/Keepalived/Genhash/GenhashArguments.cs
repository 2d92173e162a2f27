using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dropin.Compat.Keepalived.Arguments;

namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>Reads genhash's command line. The first mistake ends it; what it is called for is a sentence, or empty where the usage alone says it.</summary>
internal static class GenhashArguments
{
    private static readonly OptionKind[] Kinds =
    [
        new('S', "use-ssl", OptionValue.None), new('I', "use-sni", OptionValue.None), new('s', "server", OptionValue.Required),
        new('V', "use-virtualhost", OptionValue.Required), new('p', "port", OptionValue.Required), new('u', "url", OptionValue.Required),
        new('v', "verbose", OptionValue.None), new('h', "help", OptionValue.None), new('m', "fwmark", OptionValue.Required),
        new('P', "protocol", OptionValue.Required), new('t', "timeout", OptionValue.Required),
    ];

    /// <summary>The request, or null and the mistake.</summary>
    public static PageRequest? Read(IReadOnlyList<string> words, out string mistake)
    {
        var request = new PageRequest { Server = new(IPAddress.Any, 0), Url = "" };
        IPAddress? server = null;
        string? url = null;
        var port = 0;
        var rest = new List<string>();
        mistake = "";
        foreach (var finding in new OptionReader(Kinds).Read(words))
        {
            if (finding.IsMistake)
            {
                mistake = IsUnknown(finding.Value!) ? finding.Value! : "";
                return null;
            }
            var value = finding.Value ?? "";
            switch (finding.Kind?.Letter)
            {
                case null: rest.Add(value); break;
                case 'S': request = request with { Tls = true }; break;
                case 'I': request = request with { SendsServerName = true }; break;
                case 'v': request = request with { Verbose = true }; break;
                case 'V': request = request with { VirtualHost = value }; break;
                case 'u': url = value; break;
                case 's' when Address(value) is { } address: server = address; break;
                case 's': mistake = $"server should be an IP, not {value}"; return null;
                case 'p' when Number(value) is >= 1 and <= 65535 and { } number: port = (int)number; break;
                case 'p': mistake = $"invalid port number '{value}'"; return null;
                case 't' when Number(value) is { } seconds: request = request with { Timeout = seconds }; break;
                case 't': mistake = $"invalid timeout '{value}'"; return null;
                case 'm' when Number(value) is { } mark: request = request with { Mark = unchecked((uint)mark) }; break;
                case 'm': mistake = $"invalid fwmark '{value}'"; return null;
                case 'P' when value is "1.0" or "1.0c" or "1.1": request = request with { Http11 = value == "1.1", Closes = value != "1.0" }; break;
                case 'P': mistake = $"invalid HTTP protocol version '{value}'"; return null;
                default: return null; // -h
            }
        }
        if (rest.Count > 0)
        {
            mistake = $"Unexpected argument(s): {string.Join(' ', rest)}";
            return null;
        }
        return server == null || url == null || port == 0 ? null : request with { Server = new(server, port), Url = url };
    }

    // A name that is the beginning of several options, or has a value and takes none, is not called unknown.
    private static bool IsUnknown(string sentence)
    {
        const string unknown = "Unknown option ";
        if (!sentence.StartsWith(unknown, StringComparison.Ordinal)) return false;
        var word = sentence[unknown.Length..];
        return !word.StartsWith("--", StringComparison.Ordinal) || !Array.Exists(Kinds, kind => kind.Name.StartsWith(word[2..].Split('=')[0], StringComparison.Ordinal));
    }

    // Dotted quads in full, or IPv6 without brackets.
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address) && !text.StartsWith('[') && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.AsSpan().Count('.') == 3) ? address : null;

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && !text.Contains('-', StringComparison.Ordinal) ? number : null;
}
