using System.Globalization;

namespace Dropin.Benchmarks;

/// <summary>The samples of both programs on one row, pair by pair, or why there are none.</summary>
internal sealed record Result(Row Row, List<Sample> Original, List<Sample> Ours, string Problem)
{
    /// <summary>Ratio ours / original of each pair of neighbouring runs, in order of size.</summary>
    private List<double> Ratios => Original.Zip(Ours, (o, u) => u.Value / o.Value).Order().ToList();

    public double Ratio => Median(Ratios);

    public bool Measured => Problem.Length == 0;

    public bool Met => Measured && (Row.TargetIsValue ? Median(Ours.Select(s => s.Value).Order().ToList()) : Ratio) <= Row.Target;

    public string[] Cells()
    {
        var target = Row.TargetIsValue ? string.Create(CultureInfo.InvariantCulture, $"<= {Row.Target:0.##} kB") : string.Create(CultureInfo.InvariantCulture, $"<= {Row.Target:0.00}");
        if (!Measured) return [Row.Title, "", "", "", target, Problem];
        var ratios = Ratios;
        return [Row.Title, MedianDetail(Original), MedianDetail(Ours),
            string.Create(CultureInfo.InvariantCulture, $"{Ratio:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})"), target, Met ? "met" : "missed"];
    }

    private static string MedianDetail(List<Sample> samples) => samples.OrderBy(s => s.Value).ElementAt(samples.Count / 2).Detail;

    private static double Median(List<double> sorted) => sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
}
