using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>How many bytes a head counts for in logs and statistics.</summary>
/// <remarks>
/// HAProxy counts its own internal form of a message, not the bytes on the wire: 20 for the start line and its three words,
/// name and value of each header, 1 for the end of the head. Operators compare these numbers, so they are the same here
/// (found by comparing %B of known answers).
/// </remarks>
internal static class HtxWeight
{
    private const int StartLine = 20;
    private const int EndOfHead = 1;

    /// <summary>The weight of a head of which only the length of its texts is known.</summary>
    internal static int OfTexts(int texts) => StartLine + EndOfHead + texts;

    internal static int Of(HttpHead head)
    {
        // A head that was made here has no version as text; "HTTP/1.1" is meant.
        var weight = StartLine + EndOfHead + (head.Version.IsEmpty && head.IsResponse ? 8 : head.Version.Length)
            + (head.IsResponse ? head.StatusText.Length + head.Reason.Length : head.Method.Length + head.Uri.Length);
        return weight + OfFields(head);
    }

    /// <summary>The header lines, or trailers, alone.</summary>
    internal static int OfFields(HttpHead head)
    {
        var weight = 0;
        for (var i = 0; i < head.FieldCount; i++)
        {
            ref readonly var field = ref head.Field(i);
            if (!field.Removed)
            {
                weight += field.Name.Length + field.Value.Length;
            }
        }

        return weight;
    }
}
