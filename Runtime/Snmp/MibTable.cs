using Dropin.Runtime.Protocols.AgentX;

namespace Dropin.Runtime.Snmp;

/// <summary>A table of a MIB over things that live: its rows are found anew when the view says so, its values are read when they are asked for.</summary>
/// <remarks>Scalars are a table of one row whose index is 0.</remarks>
public abstract class MibTable
{
    private int _generation = -1;

    /// <summary>Its columns.</summary>
    internal abstract IEnumerable<MibColumn> Columns { get; }

    /// <summary>How many rows there are.</summary>
    internal abstract int RowCount { get; }

    /// <summary>The index of a row; rows stand in the order of their indexes.</summary>
    internal abstract ReadOnlySpan<uint> IndexOf(int row);

    /// <summary>Finds the rows, unless they were found in this generation.</summary>
    internal void Renew(int generation)
    {
        if (_generation == generation)
        {
            return;
        }

        _generation = generation;
        List();
    }

    /// <summary>The first row whose index is not before a given one (or, not <paramref name="included"/>, behind it).</summary>
    internal int FindFrom(ReadOnlySpan<uint> index, bool included)
    {
        var (low, high) = (0, RowCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = IndexOf(middle).SequenceCompareTo(index);
            if (order < 0 || (order == 0 && !included))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Finds the rows.</summary>
    protected abstract void List();
}

/// <summary>A table with rows of one kind.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="entry">The name of its entry; columns lie below.</param>
/// <param name="list">Adds each row with its index, in any order. Of rows with one index the first counts.</param>
public sealed class MibTable<TRow>(ObjectId entry, Action<Action<TRow, uint[]>> list) : MibTable
{
    private readonly List<MibColumn> _columns = [];
    private readonly List<(uint[] Index, TRow Row)> _rows = [];

    internal override IEnumerable<MibColumn> Columns => _columns;

    internal override int RowCount => _rows.Count;

    /// <summary>A column.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="read">Its value in a row; null where the row has none.</param>
    /// <param name="write">How it is set; null for not at all.</param>
    public MibTable<TRow> Column(uint number, Func<TRow, SnmpValue?> read, MibSetter<TRow>? write = null)
    {
        _columns.Add(new TableColumn(this, entry.With(number), read, write));
        return this;
    }

    internal override ReadOnlySpan<uint> IndexOf(int row) => _rows[row].Index;

    /// <inheritdoc/>
    protected override void List()
    {
        _rows.Clear();
        list((row, index) => _rows.Add((index, row)));
        _rows.Sort(static (one, other) => one.Index.AsSpan().SequenceCompareTo(other.Index));
        for (var i = _rows.Count - 1; i > 0; i--)
        {
            if (_rows[i].Index.AsSpan().SequenceEqual(_rows[i - 1].Index))
            {
                _rows.RemoveAt(i);
            }
        }
    }

    private sealed class TableColumn(MibTable<TRow> table, ObjectId name, Func<TRow, SnmpValue?> read, MibSetter<TRow>? write) : MibColumn(table, name)
    {
        internal override bool IsWritable => write != null;

        internal override SnmpValue? Read(int row) => read(table._rows[row].Row);

        internal override AgentxError Test(SnmpValue value) => write!.Test(value);

        internal override Action Setter(int row, SnmpValue value)
        {
            var target = table._rows[row].Row;
            return () => write!.Set(target, value);
        }
    }
}

/// <summary>How a column is set.</summary>
/// <param name="Test">Whether a value can be; nothing changes.</param>
/// <param name="Set">Sets it.</param>
public sealed record MibSetter<TRow>(Func<SnmpValue, AgentxError> Test, Action<TRow, SnmpValue> Set);

/// <summary>One column of a table.</summary>
internal abstract class MibColumn(MibTable table, ObjectId name)
{
    /// <summary>Its table.</summary>
    internal MibTable Table => table;

    /// <summary>Its name; an instance has the row's index behind.</summary>
    internal ObjectId Name => name;

    /// <summary>Whether it can be set at all.</summary>
    internal abstract bool IsWritable { get; }

    /// <summary>Its value in a row; null for none.</summary>
    internal abstract SnmpValue? Read(int row);

    /// <summary>Whether a value can be.</summary>
    internal abstract AgentxError Test(SnmpValue value);

    /// <summary>What sets the value; it may be called after the rows were found anew.</summary>
    internal abstract Action Setter(int row, SnmpValue value);
}
