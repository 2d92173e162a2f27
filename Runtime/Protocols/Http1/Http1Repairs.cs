using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Changes every head undergoes once it is copied; all of them only shorten, so they are made in place.</summary>
internal static class Http1Repairs
{
    public static void Apply(HttpHead head, in Http1ScanState scan)
    {
        if (scan.Relaxed.Reason != Http1ErrorReason.None) head.Flags |= HttpFlags.Relaxed;
        if (scan.Folded) Unfold(head);
        if (scan.HopByHop) ReduceConnection(head);
    }

    // A folded line is one line whose line ends are blanks (RFC 9112 section 5.2).
    private static void Unfold(HttpHead head)
    {
        for (var i = 0; i < head.FieldCount; i++)
        {
            var value = head.Writable(head.Field(i).Value);
            for (var at = value.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = value.IndexOfAny((byte)'\r', (byte)'\n')) value[at] = (byte)' ';
        }
    }

    // `Connection: close` and `keep-alive` are between two neighbours; each side of the proxy says its own.
    private static void ReduceConnection(HttpHead head)
    {
        var cursor = 0;
        for (var i = head.Find(KnownHeader.Connection, ref cursor); i >= 0; i = head.Find(KnownHeader.Connection, ref cursor))
            ReduceConnection(head, i);
    }

    internal static void ReduceConnection(HttpHead head, int index)
    {
        ref var field = ref head.FieldRef(index);
        var length = Http1Values.ReduceConnection(head.Writable(field.Value));
        if (length == field.Value.Length && length > 0) return;
        field.Removed = length == 0;
        field.Value = new Slice(field.Value.Start, length);
        field.Canonical = false;
    }
}
