using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>What a row of the statistics is about; the numbers are those of the field <c>type</c>.</summary>
public enum StatRowKind
{
    /// <summary>The client's side of a proxy.</summary>
    Frontend,

    /// <summary>The servers' side of a proxy.</summary>
    Backend,

    /// <summary>A server.</summary>
    Server,

    /// <summary>A listening socket (<c>option socket-stats</c>).</summary>
    Listener,
}

/// <summary>One row of the statistics: who it is about, and its values by field.</summary>
public sealed class StatRow
{
    private static readonly int s_count = Enum.GetValues<StatField>().Length;
    private readonly StatValue[] _values = new StatValue[s_count];

    internal StatRow(StatRowKind kind, ProxyState proxy, int id)
    {
        Kind = kind;
        Proxy = proxy;
        Id = id;
    }

    /// <summary>How many fields a row has.</summary>
    public static int FieldCount => s_count;

    /// <summary>What it is about.</summary>
    public StatRowKind Kind { get; }

    /// <summary>The section.</summary>
    public ProxyState Proxy { get; }

    /// <summary>The number of the server or listener; 0 for the sides of a proxy.</summary>
    public int Id { get; }

    /// <summary>The server of a server's row.</summary>
    public ServerState? Server { get; internal init; }

    /// <summary>The listener of a listener's row.</summary>
    public ListenerState? Listener { get; internal init; }

    /// <summary>How the row's object stands; colours of the page follow it.</summary>
    public RowStanding Standing { get; internal set; }

    /// <summary>The value of a field.</summary>
    public StatValue this[StatField field] => _values[(int)field];

    /// <summary>The number of a field; 0 where it has none.</summary>
    public long Number(StatField field) => _values[(int)field].Number;

    internal void Count(StatField field, long number) => Put(field, StatValueKind.Unsigned64, number, null);

    internal void Number(StatField field, long number) => Put(field, StatValueKind.Unsigned32, number, null);

    internal void Signed(StatField field, long number) => Put(field, StatValueKind.Signed32, number, null);

    internal void Text(StatField field, string text) => Put(field, StatValueKind.Text, 0, text);

    private void Put(StatField field, StatValueKind kind, long number, string? text)
    {
        _values[(int)field] = new StatValue(kind, number, text, TagsOf(field));
    }

    private ValueTags TagsOf(StatField field)
    {
        var tags = StatTags.Of(field);
        return field switch
        {
            // For a server they say what it is, for a backend how many there are.
            StatField.Act or StatField.Bck => tags with { Origin = Kind == StatRowKind.Server ? ValueOrigin.Status : ValueOrigin.Metric },

            // The original says so, and tools may have learnt it.
            StatField.Rate or StatField.RateMax when Kind == StatRowKind.Backend => tags with { Nature = ValueNature.Gauge },
            _ => tags,
        };
    }
}

/// <summary>How a server stands, in the terms in which the page colours it.</summary>
public enum RowStanding
{
    /// <summary>No server.</summary>
    None,

    /// <summary>Down.</summary>
    Down,

    /// <summary>Down, and the checks begin to pass.</summary>
    GoingUp,

    /// <summary>Up, and the checks begin to fail.</summary>
    GoingDown,

    /// <summary>Up.</summary>
    Up,

    /// <summary>Up, taking no new clients.</summary>
    NotBalanced,

    /// <summary>Draining.</summary>
    Draining,

    /// <summary>In maintenance.</summary>
    Maintenance,

    /// <summary>Nobody checks it.</summary>
    NotChecked,
}
