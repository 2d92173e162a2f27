using System.Net;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>What a configuration is checked against and cannot say itself: the machine it is meant for.</summary>
public interface IHostFacts
{
    /// <summary>The node's name as uname(2) tells it.</summary>
    string HostName { get; }

    /// <summary>An interface by its name; null where there is none.</summary>
    InterfaceFacts? FindInterface(string name);

    /// <summary>uid and primary gid of a user; null for nobody.</summary>
    (uint UserId, uint GroupId)? FindUser(string name);

    /// <summary>gid of a group; null for none.</summary>
    uint? FindGroup(string name);

    /// <summary>Effective uid and gid of the process.</summary>
    (uint UserId, uint GroupId) Self { get; }

    /// <summary>Whether a network namespace of this name exists (/run/netns).</summary>
    bool NamespaceExists(string name);

    /// <summary>The first address of a name; null where it has none.</summary>
    IPAddress? Resolve(string name);

    /// <summary>Whether a command can be run; a name without a slash is looked for in the path.</summary>
    /// <param name="command">The first word of a script line.</param>
    /// <param name="userId">As whom.</param>
    /// <param name="groupId">In which group.</param>
    CommandFacts FindCommand(string command, uint userId, uint groupId);

    /// <summary>The reason for a file that is a device or a pipe, or may be executed.</summary>
    const string NotPlain = "Not a regular non-executable file";

    /// <summary>The bytes of a file; null, with the reason in the system's words, where it cannot be read.</summary>
    byte[]? ReadFile(string path, out string reason);

    /// <summary>The names in a folder; empty where it cannot be read.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Whether a file or folder is there.</summary>
    bool Exists(string path);

    /// <summary>How many processors the machine has.</summary>
    int Processors { get; }

    /// <summary>The number of a name in one of iproute2's tables; null where it is not there.</summary>
    /// <param name="table"><c>rt_tables</c>, <c>rt_protos</c>, <c>rt_scopes</c>, <c>rt_realms</c>, <c>rt_dsfield</c>, <c>group</c>.</param>
    /// <param name="name">The name.</param>
    uint? FindNumber(string table, string name);
}

/// <summary>One interface of the machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its number.</param>
/// <param name="Kind">rtnetlink's kind (<c>macvlan</c>, <c>ipvlan</c>, <c>vrf</c>, <c>vlan</c> ...); empty for hardware.</param>
/// <param name="Base">The name of the interface below it; null for none.</param>
/// <param name="IsLoopback">It is a loopback interface.</param>
public sealed record InterfaceFacts(string Name, int Index, string Kind = "", string? Base = null, bool IsLoopback = false);

/// <summary>What is known of a command.</summary>
/// <param name="Path">The path that was found; null for none.</param>
/// <param name="Runnable">It is a file that this user may run.</param>
/// <param name="Secure">Nobody but root may replace it or a folder above it.</param>
public sealed record CommandFacts(string? Path, bool Runnable, bool Secure)
{
    /// <summary>There is no such command.</summary>
    public static CommandFacts Missing { get; } = new(null, false, true);
}
