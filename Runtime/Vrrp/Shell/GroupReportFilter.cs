using System.Net.Sockets;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Reports of multicast groups that a VMAC would send are sent by the interface below, with its own MAC.</summary>
/// <remarks>
/// A backup joins the group too. If its reports came from the virtual MAC, switches would learn that the MAC is here and lead the
/// master's traffic to the backup.
/// </remarks>
internal sealed class GroupReportFilter(FilterTable table)
{
    private const string Map = "vmac_map";

    private readonly Dictionary<byte, bool> _families = [];
    private readonly Dictionary<string, (byte Family, int Index, int Below)> _redirected = [];

    /// <summary>A VMAC has been made.</summary>
    internal void Redirect(string name, AddressFamily family, int index, int below)
    {
        var number = Families.Of(family);
        if (!_families.TryGetValue(number, out var works))
        {
            table.Need(number);
            _families[number] = works = table.Execute([.. MakeRules(number)]);
        }

        if (works && table.Execute(NetfilterRequest.ChangeMap(number, FilterTable.Name, Map, index, below, add: true)))
        {
            _redirected[name] = (number, index, below);
        }
    }

    /// <summary>A VMAC is about to go.</summary>
    internal void Forget(string name)
    {
        if (_redirected.Remove(name, out var gone))
        {
            table.Remove(NetfilterRequest.ChangeMap(gone.Family, FilterTable.Name, Map, gone.Index, gone.Below, add: false));
        }
    }

    /// <summary>Writes what is in the kernel, for the successor of this program.</summary>
    internal void Save(StateWriter to)
    {
        to.PutEach(Field.Family, _families, static (writer, entry) =>
        {
            writer.Put(Field.Number, entry.Key);
            writer.Put(Field.Works, entry.Value);
        });
        to.PutEach(Field.Redirected, _redirected, static (writer, entry) =>
        {
            writer.Put(Field.Number, entry.Value.Family);
            writer.Put(Field.Name, entry.Key);
            writer.Put(Field.Index, entry.Value.Index);
            writer.Put(Field.Below, entry.Value.Below);
        });
    }

    /// <summary>Learns what the predecessor put in.</summary>
    internal void Restore(StateRecord from)
    {
        foreach (var one in from.Records(Field.Family))
        {
            _families[(byte)one.Small(Field.Number, byte.MaxValue)] = one.Flag(Field.Works);
        }

        foreach (var one in from.Records(Field.Redirected))
        {
            _redirected[one.Name(Field.Name)] = ((byte)one.Small(Field.Number, byte.MaxValue), one.Small(Field.Index), one.Small(Field.Below));
        }
    }

    private static IEnumerable<NetlinkMessage> MakeRules(byte family)
    {
        yield return NetfilterRequest.MakeInterfaceMap(family, FilterTable.Name, Map);
        yield return NetfilterRequest.RedirectGroupReports(family, FilterTable.Name, FilterTable.Out, Map);
        if (family == Families.Of(AddressFamily.InterNetworkV6))
        {
            yield return NetfilterRequest.DropRouterSolicitations(FilterTable.Name, FilterTable.Out, Map);
        }
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Family = 1, Redirected = 2, Number = 1, Works = 2, Name = 3, Index = 4, Below = 5;
    }
}
