using System.Net;
using Dropin.Runtime.Ir.Source;
using Pidgin;
using static Pidgin.Parser;
using static Pidgin.Parser<string>;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What stands behind <c>virtual_server</c>: <c>ADDRESS [PORT]</c>, <c>fwmark NUMBER</c> or <c>group NAME</c>.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">The address, mark or name; null where it is missing.</param>
/// <param name="Port">The word of the port; null for none.</param>
internal sealed record VirtualServerHead(VirtualServerHead.Sort Kind, string? Name, string? Port)
{
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("virtual-server-address", "Invalid virtual server IP address{0} {1} - skipping");
    private static readonly DiagnosticDescriptor s_mark = FindingKind.Warning("virtual-server-mark", "virtual server fwmark '{0}' must be in [0, 4294967295] - ignoring");

    private static readonly Parser<string, VirtualServerHead> s_markHead =
        Token("fwmark").Then(Any.Optional()).Select(mark => new VirtualServerHead(Sort.Mark, mark.HasValue ? mark.Value : null, null));

    private static readonly Parser<string, VirtualServerHead> s_groupHead =
        Token("group").Then(Any.Optional()).Select(name => new VirtualServerHead(Sort.Group, name.HasValue ? name.Value : null, null));

    private static readonly Parser<string, VirtualServerHead> s_addressHead =
        Map((address, port) => new VirtualServerHead(Sort.Address, address, port.HasValue ? port.Value : null), Any, Any.Optional());

    private static readonly Parser<string, VirtualServerHead> s_head = OneOf(s_markHead, s_groupHead, s_addressHead);

    /// <summary>The three sorts.</summary>
    internal enum Sort
    {
        Address,
        Mark,
        Group,
    }

    /// <summary>Reads the line that begins a virtual server; null where it begins none, which was said.</summary>
    public static VirtualServerSyntax? Read(Statement s)
    {
        if (!s.Need(out _))
        {
            return null;
        }

        var head = s_head.ParseOrThrow(s.Words.Skip(1));
        if (head.Name is not { } name)
        {
            s.Need(out _, 2);
            return null;
        }

        var server = new VirtualServerSyntax(s.At);
        return head.Kind switch
        {
            Sort.Mark => Mark(s, server, name),
            Sort.Group => Group(server, name),
            _ => Address(s, server, name, head.Port),
        };
    }

    /// <summary>An address with a port, as virtual and real servers have them; null for neither, which is not said here.</summary>
    public static (IPAddress Address, int Port)? Endpoint(Statement s, string name, string? port)
    {
        uint number = 0;
        if (port is not null && port != "0" && !s.Unsigned(port, 1, 65535, out number))
        {
            return null;
        }

        return Addresses.ParseStart(name) is { } address ? (address, (int)number) : null;
    }

    private static VirtualServerSyntax? Mark(Statement s, VirtualServerSyntax server, string word)
    {
        if (!s.Unsigned(word, 0, uint.MaxValue, out var mark))
        {
            s.Report(s_mark, word);
            return null;
        }

        server.Config = server.Config with { Mark = mark };
        return server;
    }

    private static VirtualServerSyntax Group(VirtualServerSyntax server, string name)
    {
        server.Config = server.Config with { GroupName = name };
        return server;
    }

    private static VirtualServerSyntax? Address(Statement s, VirtualServerSyntax server, string name, string? port)
    {
        if (Endpoint(s, name, port) is not var (address, number))
        {
            s.Report(s_address, port is null ? "" : "/port", port is null ? name : $"{name}/{port}");
            return null;
        }

        server.Config = server.Config with { Address = address, Port = number, Family = address.AddressFamily };
        server.ServerFamily = address.AddressFamily;
        return server;
    }
}
