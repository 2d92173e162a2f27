using Dropin.Tests.Support.Keepalived;

namespace Dropin.KeepalivedCorpus;

/// <summary>One configuration with the verdicts of both releases and ours.</summary>
internal sealed record Row(string Name, ExpectedFindings Old, ExpectedFindings New, ExpectedFindings Ours, IReadOnlyList<string> Refused)
{
    /// <summary>The same exit code as one of them.</summary>
    public bool SameExit => Ours.Exit == Old.Exit || Ours.Exit == New.Exit;

    /// <summary>The same exit code and sentences as one of them.</summary>
    public bool SameMessages => (Ours.Exit == Old.Exit && Ours.SameMessages(Old)) || (Ours.Exit == New.Exit && Ours.SameMessages(New));

    /// <summary>The announced release ended by a signal: that is not imitated.</summary>
    public bool OldCrashed => Old.Exit < 0;
}
