namespace Dropin.Pair.Play;

/// <summary>Whose programs run on a node.</summary>
internal enum Maker
{
    /// <summary>Debian's haproxy and keepalived.</summary>
    Original,

    /// <summary>dropin's.</summary>
    Ours,
}

/// <summary>Who runs where when a pair begins.</summary>
/// <param name="Name">How it is called on the command line and in tables: master/backup, or "migration".</param>
/// <param name="First">On the master.</param>
/// <param name="Second">On the backup.</param>
internal sealed record Combination(string Name, Maker First, Maker Second)
{
    /// <summary>What others are compared with; it is played in each run.</summary>
    public static readonly Combination Originals = new("original/original", Maker.Original, Maker.Original);

    /// <summary>A pair that begins with the originals and gets ours node by node, and the originals again.</summary>
    public static readonly Combination Migration = new("migration", Maker.Original, Maker.Original);

    public static readonly IReadOnlyList<Combination> All =
        [Originals, new("ours/ours", Maker.Ours, Maker.Ours), new("ours/original", Maker.Ours, Maker.Original), new("original/ours", Maker.Original, Maker.Ours), Migration];
}
