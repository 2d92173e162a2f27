using System.Globalization;
using System.Text;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>set server … addr</c>.</summary>
internal static partial class ServerOrders
{
    private const string Updater = "stats socket command";

    private static void ChangeAddress(CliCall call, ServerState server)
    {
        var word = call.Word(4);
        if (word.Length == 0)
        {
            call.Fail("set server <b>/<s> addr requires an address and optionally a port.\n");
            return;
        }
        if (HealthOrders.Target(word) is not { } address || address.AddressBytes.IsEmpty)
        {
            call.Say(CliSeverity.Warning, $"Invalid addr '{word}' by '{Updater}'\n");
            return;
        }
        var said = new StringBuilder();
        var old = server.Address;
        if (old.AddressBytes.SequenceEqual(address.AddressBytes))
            said.Append("no need to change the addr");
        else
            said.Append("IP changed from '").Append(AddressTexts.HostOf(old)).Append("' to '").Append(AddressTexts.HostOf(address)).Append('\'');
        var changed = address;
        changed.SetPort(old.Port);
        if (call.Word(5) == "port")
            ChangePort(call.Word(6), server, ref changed, said);
        AddressOrders.Change(call.Context, server, changed);
        call.Say(CliSeverity.Warning, said.Append(" by '").Append(Updater).Append("'\n").ToString());
    }

    private static void ChangePort(string word, ServerState server, ref Runtime.Sys.Sockets.SocketAddress128 address, StringBuilder said)
    {
        said.Append(", ");
        if (!int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port))
        {
            said.Append("problem converting port '").Append(word).Append("' to an int");
            return;
        }
        var isOffset = word[0] is '+' or '-';
        if (isOffset && server.Health.CheckPort == 0 && server.Config.Check?.Port is null)
        {
            // Checks could not know which port to go to.
            said.Append("can't change <port> to port map because it is incompatible with current health check port configuration "
                + "(use 'port' statement from the 'server' directive.");
            return;
        }
        if (port == address.Port && isOffset == server.PortIsOffset)
        {
            said.Append("no need to change the port");
            return;
        }
        said.Append(CultureInfo.InvariantCulture, $"port changed from '{(server.PortIsOffset ? "+" : "")}{address.Port}' to '{(isOffset ? word : (port & 0xffff))}'");
        address.SetPort(port & 0xffff);
        server.PortIsOffset = isOffset;
    }
}
