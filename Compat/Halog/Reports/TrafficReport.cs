using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>A table of traffic by name, highest first; of equals the last name first.</summary>
internal abstract class TrafficReport : Report
{
    /// <summary>The figures.</summary>
    protected NameTable<TrafficFigures> Table { get; } = new();

    /// <summary>Whether the names alone order it.</summary>
    protected virtual bool IsByName => false;

    /// <summary>What orders it.</summary>
    protected abstract ulong Key(in TrafficFigures figures);

    public override void Finish(OutputBuffer output, int limit)
    {
        output.Add(TrafficFigures.Head);
        var names = Table.Sorted();
        Array.Reverse(names);
        if (!IsByName) Ordering.Descending(names, index => Key(Table.Value(index)));
        foreach (var index in names)
        {
            Table.Value(index).Print(Table.Name(index), output);
            if (CountPrinted(limit)) return;
        }
    }
}
