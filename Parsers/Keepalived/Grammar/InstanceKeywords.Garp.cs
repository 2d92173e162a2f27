using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Counts and delays of gratuitous ARP of an instance.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_garpIgnoring = FindingKind.Warning("instance-garp", "({0}): {1} '{2}' invalid - ignoring");
    private static readonly DiagnosticDescriptor s_garpInvalid = FindingKind.Warning("instance-garp-invalid", "({0}): Invalid {1} '{2}'");
    private static readonly DiagnosticDescriptor s_garpInvalidIgnoring = FindingKind.Warning("instance-garp-ignored", "({0}): Invalid {1} '{2}' - ignoring");
    private static readonly DiagnosticDescriptor s_garpZero = FindingKind.Warning("instance-garp-zero", "({0}): {1} must be greater than 0, setting to 1");
    private static readonly DiagnosticDescriptor s_garpTime = FindingKind.Warning("instance-garp-time", "({0}): {1} specified without time - ignoring");

    private static void AddGarp(KeywordTable table) => table
        .Executed("garp_master_delay", s => Count(s, Statement.MostSeconds, s_garpIgnoring, (g, v) => g.Delay = TimeSpan.FromSeconds(v)))
        .Executed("garp_master_repeat", s => Repeat(s, (g, v) => g.Repeat = v))
        .Executed("garp_master_refresh", s => Count(s, uint.MaxValue, s_garpInvalidIgnoring, (g, v) => g.Refresh = TimeSpan.FromSeconds(v)))
        .Executed("garp_master_refresh_repeat", s => Repeat(s, (g, v) => g.RefreshRepeat = v))
        .Executed("garp_lower_prio_delay", s => Count(s, Statement.MostSeconds, s_garpIgnoring, (g, v) => g.LowerPriorityDelay = TimeSpan.FromSeconds(v)))
        .Executed("garp_lower_prio_repeat", s => Count(s, uint.MaxValue, s_garpInvalid, (g, v) => g.LowerPriorityRepeat = (int)Math.Min(v, int.MaxValue)))
        .Executed("garp_extra_if", Extra)
        .Executed("vmac_garp_intvl", s =>
        {
            s.Report(GlobalTexts.Deprecated, s.Keyword, "garp_extra_if");
            Extra(s);
        });

    private static void Count(Statement s, uint max, DiagnosticDescriptor complaint, Action<GarpSyntax, uint> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, max, out var value))
        {
            set(Of(s).Garp, value);
        }
        else
        {
            s.Report(complaint, Of(s).Name, s.Keyword, word);
        }
    }

    private static void Repeat(Statement s, Action<GarpSyntax, int> set) => Count(s, uint.MaxValue, s_garpIgnoring, (g, v) =>
    {
        if (v == 0)
        {
            s.Report(s_garpZero, Of(s).Name, s.Keyword);
        }

        set(g, (int)Math.Clamp(v, 1, int.MaxValue));
    });

    private static void Extra(Statement s)
    {
        var all = s.Word(1) == "all";
        if (s.Count == (all ? 2 : 1))
        {
            s.Report(s_garpTime, Of(s).Name, s.Keyword);
            return;
        }

        var word = s.Words[^1];
        if (!s.Unsigned(word, 0, 86400, out var seconds))
        {
            s.Report(s_garpIgnoring, Of(s).Name, s.Keyword, word);
            return;
        }

        Of(s).Garp.ExtraInterval = TimeSpan.FromSeconds(seconds);
        Of(s).Garp.ExtraForAll = all;
    }
}
