namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What the reading of the virtual servers builds up.</summary>
internal sealed class CheckerSyntax
{
    public List<TrackFileSyntax> Files { get; } = [];
}
