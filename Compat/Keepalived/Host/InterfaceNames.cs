using System.Globalization;
using Dropin.Parsers.Keepalived.Binding;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Compat.Keepalived.Host;

/// <summary>The interfaces of the namespace that the process is in, asked for once.</summary>
internal sealed class InterfaceNames
{
    // ARPHRD_LOOPBACK
    private const int LoopbackHardware = 772;
    private readonly Dictionary<string, InterfaceFacts> _byName = new(StringComparer.Ordinal);
    private bool _asked;

    /// <summary>An interface by its name; null for none.</summary>
    public InterfaceFacts? Find(string name)
    {
        if (!_asked)
        {
            _asked = true;
            Ask();
        }

        return _byName.GetValueOrDefault(name);
    }

    private void Ask()
    {
        using var conversation = NetlinkConversation.Open(out _);
        if (conversation is null || !LinkRequest.All(conversation, out var links).IsNone)
        {
            FromFolder();
            return;
        }

        foreach (var link in links)
        {
            _byName[link.Name] = new InterfaceFacts(
                link.Name, link.Index, link.Kind, links.Find(l => l.Index == link.Below)?.Name, link.HardwareType == LoopbackHardware);
        }
    }

    // Without netlink (a sandbox): what the kernel shows as files, of the namespace that /sys belongs to.
    private void FromFolder()
    {
        foreach (var folder in Directory.Exists("/sys/class/net") ? Directory.EnumerateDirectories("/sys/class/net") : [])
        {
            var name = Path.GetFileName(folder);
            _ = int.TryParse(File.ReadAllText(Path.Combine(folder, "ifindex")), CultureInfo.InvariantCulture, out var index);
            _byName[name] = new InterfaceFacts(name, index, IsLoopback: name == "lo");
        }
    }
}
