using System.Net;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>What reading a configuration asks of the machine. The front end opens nothing else; tests bring a machine of their own.</summary>
public interface ISurroundings
{
    /// <summary>The machine's host name.</summary>
    string HostName { get; }

    /// <summary>How many processors the process may use.</summary>
    int Processors { get; }

    /// <summary>The number of a user and of its group; null when there is none of that name.</summary>
    (uint Uid, uint Gid)? FindUser(string name);

    /// <summary>The number of a group; null when there is none of that name.</summary>
    uint? FindGroup(string name);

    /// <summary>The first address of a host name in one family (null: any); null when it does not resolve.</summary>
    IPAddress? Resolve(string name, System.Net.Sockets.AddressFamily? family);

    /// <summary>The bytes of a file; null when it cannot be read, with the system's words for why.</summary>
    byte[]? ReadFile(string path, out string reason);

    /// <summary>Why an inherited descriptor is no socket, in the system's words; null when it is one.</summary>
    string? DescriptorProblem(int descriptor);

    /// <summary>Whether a file or folder of that name exists.</summary>
    bool Exists(string path);
}
