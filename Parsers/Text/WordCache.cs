using System.Text;

namespace Dropin.Parsers.Text;

/// <summary>Hands out the same string for a word that was seen shortly before; a configuration says few different words very often.</summary>
internal sealed class WordCache
{
    private const int Slots = 4096;
    private readonly string?[] _recent = new string?[Slots];

    /// <summary>The string of these bytes, one character a byte.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        var hash = 2166136261u;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        ref var slot = ref _recent[(hash ^ (hash >> 15)) & (Slots - 1)];
        if (slot is not null && slot.Length == bytes.Length && Same(slot, bytes))
        {
            return slot;
        }

        return slot = Encoding.Latin1.GetString(bytes);
    }

    private static bool Same(string text, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] != bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}
