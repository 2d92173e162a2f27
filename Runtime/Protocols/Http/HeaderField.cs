using Dropin.Runtime.Buffers;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>One header line of a <see cref="HttpHead"/>: two ranges of its block.</summary>
public struct HeaderField
{
    /// <summary>The lower-case name.</summary>
    public Slice Name;

    /// <summary>The value without surrounding blanks.</summary>
    public Slice Value;

    /// <summary>The name, recognised.</summary>
    public KnownHeader Known;

    /// <summary>The line was taken out; it keeps its place so that indices stay valid.</summary>
    public bool Removed;

    /// <summary>The block holds this line as it is written on the wire (<c>name: value CR LF</c>), so that runs of lines are copied at once.</summary>
    internal bool Canonical;
}
