namespace Dropin.Fuzz.Targets;

/// <summary>Something that reads bytes from outside, with an oracle: it throws when an answer cannot be right.</summary>
internal abstract class Target
{
    /// <summary>All targets, by name.</summary>
    public static IReadOnlyDictionary<string, Target> All { get; } = new Target[] { new Http1Target(), new VrrpTarget(), new HandoverTarget(), new AgentxTarget(), new HaproxyLineTarget(), new HaproxyConfigTarget(), new KeepalivedConfigTarget(), new HalogLineTarget() }.ToDictionary(t => t.Name);

    public abstract string Name { get; }

    /// <summary>Inputs to begin with.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Words that mean something to the reader; mutations insert them.</summary>
    public abstract IReadOnlyList<byte[]> Words { get; }

    /// <summary>Longest input that is worth trying, in bytes.</summary>
    public virtual int Limit => 4096;

    /// <summary>Reads the input; any exception is a finding.</summary>
    public abstract void Check(ReadOnlySpan<byte> input);
}
