using Dropin.Parsers.Keepalived.Registry;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>global_defs</c>, one file for each family of words.</summary>
internal static class GlobalKeywords
{
    /// <summary>Reasons of the registry.</summary>
    public const string NoIpvs = "virtual servers are not executed yet, this tunes them";
    public const string OneProcess = "it tunes a process that is not there: everything runs in one";

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    private static KeywordTable Build()
    {
        var table = new KeywordTable("global_defs");
        GlobalMail.AddTo(table);
        GlobalScripts.AddTo(table);
        GlobalVrrp.AddTo(table);
        GlobalProcess.AddTo(table);
        GlobalHost.AddTo(table);
        GlobalLvs.AddTo(table);
        return table;
    }

    /// <summary>A switch whose complaint names its value.</summary>
    public static StatementReader Switch(Action<GlobalSyntax, bool> set, string? name = null) =>
        s => s.ReadSwitch(on => set(s.Document.Global, on), GlobalTexts.ValueForGlobal, name ?? s.Keyword);

    /// <summary>A switch whose complaint does not name its value.</summary>
    public static StatementReader PlainSwitch(Action<GlobalSyntax, bool> set) => s =>
    {
        if (s.Switch() is { } on)
        {
            set(s.Document.Global, on);
        }
        else
        {
            s.Report(GlobalTexts.ValueFor, s.Keyword);
        }
    };

    /// <summary>A word without a value.</summary>
    public static StatementReader Flag(Action<GlobalSyntax> set) => s => set(s.Document.Global);

    /// <summary>The size of a receive buffer.</summary>
    public static StatementReader Buffer() => s =>
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(GlobalTexts.BufferMissing, s.Keyword);
        }
        else if (!s.Unsigned(word, 0, uint.MaxValue, out _))
        {
            s.Report(GlobalTexts.BufferInvalid, s.Keyword, word);
        }
    };
}
