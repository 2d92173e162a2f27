using Dropin.Runtime.Protocols.AgentX;

namespace Dropin.Runtime.Snmp;

/// <summary>Tables as one tree in the order of names: what get, get-next and set of SNMP ask for. One mechanism for all tables.</summary>
public sealed class MibView
{
    /// <summary>Rows are found anew when they are older; a walk asks hundreds of times a second.</summary>
    private const long FreshMilliseconds = 200;

    private readonly MibColumn[] _columns;
    private int _generation;
    private long _staleAt = long.MinValue;

    /// <summary>Of tables, in any order; no column lies below another.</summary>
    public MibView(IEnumerable<MibTable> tables)
    {
        _columns = [.. tables.SelectMany(table => table.Columns)];
        Array.Sort(_columns, static (one, other) => one.Name.CompareTo(other.Name));
    }

    /// <summary>The names of all columns, and whether they can be set.</summary>
    internal IEnumerable<(ObjectId Name, bool IsWritable)> Columns => _columns.Select(column => (column.Name, column.IsWritable));

    /// <summary>Time goes on.</summary>
    public void Renew(long nowMilliseconds)
    {
        if (nowMilliseconds < _staleAt)
        {
            return;
        }

        _staleAt = nowMilliseconds + FreshMilliseconds;
        _generation++;
    }

    /// <summary>The things that tables show are others now.</summary>
    public void Forget() => _staleAt = long.MinValue;

    /// <summary>The value of a name; NoSuchObject or NoSuchInstance where there is none.</summary>
    public SnmpValue Get(ObjectId name) =>
        Find(name, out var row) is not { } column ? SnmpValue.Of(SnmpType.NoSuchObject)
        : row < 0 ? SnmpValue.Of(SnmpType.NoSuchInstance)
        : column.Read(row) ?? SnmpValue.Of(SnmpType.NoSuchInstance);

    /// <summary>The first name behind a given one that has a value; EndOfMibView with the given name where there is none.</summary>
    /// <param name="start">The given name.</param>
    /// <param name="included">The given name counts too.</param>
    /// <param name="end">The name before which it has to stand; empty for no end.</param>
    public VarBind Next(ObjectId start, bool included, ObjectId end)
    {
        for (var at = FirstColumn(start); at < _columns.Length; at++)
        {
            var column = _columns[at];
            if (end.Length > 0 && column.Name >= end)
            {
                break;
            }

            column.Table.Renew(_generation);
            var row = start.IsBelow(column.Name) ? column.Table.FindFrom(start.Numbers[column.Name.Length..], included) : 0;
            for (; row < column.Table.RowCount; row++)
            {
                if (column.Read(row) is { } value)
                {
                    var name = column.Name.With(column.Table.IndexOf(row));
                    return end.Length > 0 && name >= end ? new VarBind(start, SnmpValue.Of(SnmpType.EndOfMibView)) : new VarBind(name, value);
                }
            }
        }

        return new VarBind(start, SnmpValue.Of(SnmpType.EndOfMibView));
    }

    /// <summary>Whether a value can be set, and what sets it and takes it back.</summary>
    public AgentxError Test(in VarBind bind, out Action set, out Action undo)
    {
        set = undo = static () => { };
        if (Find(bind.Name, out var row) is not { IsWritable: true } column || row < 0 || column.Read(row) is not { } old)
        {
            return AgentxError.NotWritable;
        }

        var error = column.Test(bind.Value);
        if (error == AgentxError.None)
        {
            (set, undo) = (column.Setter(row, bind.Value), column.Setter(row, old));
        }

        return error;
    }

    private MibColumn? Find(ObjectId name, out int row)
    {
        row = -1;
        var at = FirstColumn(name);
        if (at == _columns.Length || !name.IsBelow(_columns[at].Name))
        {
            return null;
        }

        var column = _columns[at];
        column.Table.Renew(_generation);
        var index = name.Numbers[column.Name.Length..];
        var found = column.Table.FindFrom(index, included: true);
        if (found < column.Table.RowCount && column.Table.IndexOf(found).SequenceEqual(index))
        {
            row = found;
        }

        return column;
    }

    /// <summary>The first column that is, or has, or stands behind a name.</summary>
    private int FirstColumn(ObjectId name)
    {
        var (low, high) = (0, _columns.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_columns[middle].Name < name && !name.IsBelow(_columns[middle].Name))
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
}
