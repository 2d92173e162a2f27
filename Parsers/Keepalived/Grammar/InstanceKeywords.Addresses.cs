using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Addresses, routes and rules of an instance.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_family = FindingKind.Warning("instance-family", "({0}): address family must match VRRP instance [{1}] - ignoring");

    private static void AddAddresses(KeywordTable table) => table
        .Executed("virtual_ipaddress", s => s.ReadList(e => Address(e, isExcluded: false)), KeywordForm.List)
        .Executed("virtual_ipaddress_excluded", s => s.ReadList(e => Address(e, isExcluded: true)), KeywordForm.List)
        .Executed("virtual_routes", s => s.ReadList(e => Add(Of(e).Routes, new RouteLine(e, isStatic: false).Read())), KeywordForm.List)
        .Executed("virtual_rules", s => s.ReadList(e => Add(Of(e).Rules, new RuleLine(e, isStatic: false).Read())), KeywordForm.List);

    private static void Address(Statement s, bool isExcluded)
    {
        if (AddressLine.Read(s, isStatic: false) is not { } address)
        {
            return;
        }

        var instance = Of(s);
        if (isExcluded)
        {
            instance.Excluded.Add(address);
            return;
        }

        instance.Family ??= address.Family;
        if (instance.Family != address.Family)
        {
            s.Report(s_family, instance.Name, s.Words[0]);
            return;
        }

        instance.Addresses.Add(address);
    }

    private static void Add<T>(List<T> list, T? item)
        where T : class
    {
        if (item is not null)
        {
            list.Add(item);
        }
    }
}
