using System.Globalization;
using System.Net;
using Dropin.Compat.Haproxy.Start;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>Opens the sockets of <c>-S address[,option,value]*</c>, or takes them from the execution before.</summary>
internal sealed class MasterCliBinder(Messages messages)
{
    private const int Backlog = 10; // connections of people and scripts

    /// <summary>The listeners; null when one cannot be opened, which has been said.</summary>
    internal IReadOnlyList<MasterCliListener>? Open(IReadOnlyList<string> sockets)
    {
        var kept = Kept(sockets.Count);
        List<MasterCliListener> listeners = [];
        for (var i = 0; i < sockets.Count; i++)
        {
            if (Read(sockets[i]) is not { } bind)
            {
                messages.Alert("config : Can't create the master's CLI.");
                return null;
            }
            var result = kept.Count > i ? new ListenResult(kept[i]) : ListeningSocket.Open(bind, Backlog);
            if (result.FailedAt != ListenStep.None)
            {
                messages.Alert(BindReport.Failure(bind, "master-socket:0", "proxy MASTER", result));
                messages.AlertInMain("Some protocols failed to start their listeners! Exiting.");
                return null;
            }
            _ = Descriptors.SetInherited(result.Descriptor, false);
            listeners.Add(new MasterCliListener(result.Descriptor, bind.Level, Name(bind)));
        }
        return listeners;
    }

    /// <summary>The sockets that the execution before has left open, when they are as many as are asked for.</summary>
    private static IReadOnlyList<int> Kept(int count)
    {
        var text = Environment.GetEnvironmentVariable(Reexecution.CliVariable) ?? "";
        Environment.SetEnvironmentVariable(Reexecution.CliVariable, null);
        var kept = text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var descriptor) ? descriptor : -1)
            .Where(Descriptors.IsOpen).ToList();
        return kept.Count == count ? kept : [];
    }

    private BindConfig? Read(string text)
    {
        var words = text.Split(',');
        if (ReadAddress(words[0]) is not { } endpoint)
        {
            messages.Alert("config : Cannot create the listener of the master CLI");
            var colon = words[0].LastIndexOf(':');
            messages.Alert(colon < 0
                ? $"config : missing port specification in '{words[0]}'\n"
                : $"config : invalid address: '{words[0][..colon]}' in '{words[0]}'\n");
            return null;
        }
        var bind = new BindConfig { Endpoint = endpoint, Text = words[0], Level = CliLevel.Admin };
        for (var i = 1; i < words.Length; i += 2)
        {
            var value = i + 1 < words.Length ? words[i + 1] : "";
            var error = ReadOption(ref bind, words[i], value);
            if (error == null)
                continue;
            messages.Alert($"config : '{words[0]} {words[i]}' : {error}");
            return null;
        }
        return bind;
    }

    private static string? ReadOption(ref BindConfig bind, string option, string value)
    {
        switch (option)
        {
            case "level":
                if (value.Length == 0)
                    return "''level' : missing level'";
                if (value is not ("user" or "operator" or "admin"))
                    return $"''level' only supports 'user', 'operator', and 'admin' (got '{value}')'";
                bind = bind with { Level = Enum.Parse<CliLevel>(value, ignoreCase: true) };
                return null;
            case "mode":
                if (value.Length == 0 || value.Any(digit => digit is < '0' or > '7'))
                    return $"''mode' : missing or invalid mode '{value}' (octal integer expected)'";
                bind = bind with { UnixMode = Convert.ToInt32(value, 8) };
                return null;
            case "uid" or "gid":
                if (!uint.TryParse(value, CultureInfo.InvariantCulture, out var id))
                    return $"''{option}' : missing or invalid number '{value}'";
                bind = option == "uid" ? bind with { UnixUid = id } : bind with { UnixGid = id };
                return null;
            case "user":
                if (!Identity.TryFindUser(value, out var user, out _))
                    return $"''user' : unknown user '{value}'";
                bind = bind with { UnixUid = user };
                return null;
            case "group":
                if (!Identity.TryFindGroup(value, out var group))
                    return $"''group' : unknown group '{value}'";
                bind = bind with { UnixGid = group };
                return null;
            default:
                return $"unknown keyword '{option}'.";
        }
    }

    private static Endpoint? ReadAddress(string text)
    {
        foreach (var prefix in (string[])["unix@", "abns@", "fd@", "ipv4@", "ipv6@"])
        {
            if (!text.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var rest = text[prefix.Length..];
            return prefix switch
            {
                "unix@" => new UnixEndpoint(rest),
                "abns@" => new AbstractEndpoint(rest),
                "fd@" => int.TryParse(rest, CultureInfo.InvariantCulture, out var descriptor) ? new DescriptorEndpoint(descriptor) : null,
                _ => ReadIp(rest),
            };
        }
        return text.StartsWith('/') ? new UnixEndpoint(text) : ReadIp(text);
    }

    private static IpEndpoint? ReadIp(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return null;
        var host = text[..colon].Trim('[', ']');
        if (host is "" or "*")
            return new IpEndpoint(IPAddress.Any, port);
        if (host == "localhost")
            return new IpEndpoint(IPAddress.Loopback, port);
        return IPAddress.TryParse(host, out var address) ? new IpEndpoint(address, port) : null;
    }

    private static string Name(BindConfig bind) => bind.Endpoint switch
    {
        UnixEndpoint unix => "unix@" + unix.Path,
        IpEndpoint { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ip => $"ipv6@{ip.Address}:{ip.Port}",
        IpEndpoint ip => $"ipv4@{ip.Address}:{ip.Port}",
        _ => bind.Text,
    };
}
