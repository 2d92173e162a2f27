using Dropin.Runtime.Protocols.AgentX;
using Dropin.Tests.Support;

namespace Dropin.Runtime.Tests.Protocols.AgentX;

/// <summary>The recorded conversation of fixtures/wire/agentx, and a reading of any message by what its kind has.</summary>
internal static class AgentxConversation
{
    internal static IReadOnlyList<(bool IsMaster, string Name, byte[] Bytes)> Messages { get; } =
    [
        .. File.ReadLines(Repository.PathOf("fixtures/wire/agentx/conversation.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ')).Select(part => (part[0] == "master", part[1], Convert.FromHexString(part[2]))),
    ];

    /// <summary>What a message says, by RFC 2741 6.2; null where it makes no sense.</summary>
    internal static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (!AgentxReader.TryReadHeader(bytes, out var header) || header.PayloadBytes != bytes.Length - AgentxFormat.HeaderBytes) return null;
        var reader = new AgentxReader(header, bytes[AgentxFormat.HeaderBytes..]);
        _ = reader.SkipContext(header);
        var said = new List<string> { header.Type.ToString() };
        switch (header.Type)
        {
            case AgentxType.Open:
                _ = reader.Number();
                said.Add(reader.Name(out _).ToString());
                said.Add(System.Text.Encoding.UTF8.GetString(reader.Octets()));
                break;
            case AgentxType.Close:
                _ = reader.Number();
                break;
            case AgentxType.Register:
                var how = reader.Number();
                said.Add(reader.Name(out _).ToString());
                if (((header.Flags & 0x10) != 0 ? how >> 8 : how >> 16) % 256 != 0) _ = reader.Number();
                break;
            case AgentxType.AddAgentCaps:
                said.Add(reader.Name(out _).ToString());
                said.Add(System.Text.Encoding.UTF8.GetString(reader.Octets()));
                break;
            case AgentxType.Get or AgentxType.GetNext or AgentxType.GetBulk:
                if (header.Type == AgentxType.GetBulk) said.Add($"{reader.Short()} {reader.Short()}");
                while (!reader.IsAtEnd) said.Add($"{reader.Name(out var included)}{(included ? "=" : "")}..{reader.Name(out _)}");
                break;
            case AgentxType.TestSet or AgentxType.Notify or AgentxType.Response:
                if (header.Type == AgentxType.Response) said.Add($"{reader.Number() * 0} {reader.Short()} {reader.Short()}");
                while (!reader.IsAtEnd) said.Add(Text(reader.Bind()));
                break;
        }
        return reader.IsDamaged || !reader.IsAtEnd ? null : string.Join(' ', said);
    }

    internal static string Text(VarBind bind) => $"{bind.Name}={bind.Value.Type}:{(bind.Value.Bytes.Length > 0 ? Convert.ToHexString(bind.Value.Bytes) : bind.Value.Name.Length > 0 ? bind.Value.Name : bind.Value.Number)}";
}
