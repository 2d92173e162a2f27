using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Tests.Snmp;

/// <summary>A tree with scalars around a table, as KEEPALIVED-MIB has them, with a column that has gaps and one that can be set.</summary>
internal sealed class SmallMib
{
    internal static readonly ObjectId Root = new(1, 3, 6, 1, 4, 1, 9586, 100, 5);

    internal SmallMib()
    {
        View = new MibView(
        [
            new MibTable<SmallMib>(Root.With(1), add => add(this, [0])).Column(1, _ => SnmpValue.Text("first")).Column(4, _ => SnmpValue.Integer(2)),
            new MibTable<string>(Root.With(1, 3, 5, 1), add => add("mail", [1])).Column(2, mail => SnmpValue.Text(mail)),
            new MibTable<uint[]>(Root.With(2, 3, 1), add => { foreach (var row in Rows) add(row, row); })
                .Column(2, row => SnmpValue.Gauge(row[0]))
                .Column(5, row => row[0] % 2 == 0 ? null : SnmpValue.Integer((int)row[0]))
                .Column(7, row => SnmpValue.Integer(Values.GetValueOrDefault(row[0], 100)), new MibSetter<uint[]>(
                    value => value.Type != SnmpType.Integer ? AgentxError.WrongType : value.Number is < 1 or > 255 ? AgentxError.WrongValue : AgentxError.None,
                    (row, value) => Values[row[0]] = (int)value.Number)),
            new MibTable<SmallMib>(Root.With(2, 10), add => add(this, [0])).Column(1, _ => SnmpValue.Integer(1)),
        ]);
    }

    internal MibView View { get; }

    internal List<uint[]> Rows { get; } = [[3], [1], [2, 7], [10], [2]];

    internal Dictionary<uint, int> Values { get; } = [];

    /// <summary>All names that have a value, found without the view's search.</summary>
    internal List<ObjectId> AllNames()
    {
        List<ObjectId> names = [Root.With(1, 1, 0), Root.With(1, 4, 0), Root.With(1, 3, 5, 1, 2, 1), Root.With(2, 10, 1, 0)];
        foreach (var row in Rows)
        {
            names.Add(Root.With(2, 3, 1, 2).With(row));
            if (row[0] % 2 != 0) names.Add(Root.With(2, 3, 1, 5).With(row));
            names.Add(Root.With(2, 3, 1, 7).With(row));
        }
        names.Sort();
        return names;
    }
}
