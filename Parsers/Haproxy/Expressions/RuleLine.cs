using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Which set a rule belongs to.</summary>
internal enum RuleSetKind
{
    HttpRequest,
    HttpResponse,
    HttpAfterResponse,
    TcpConnection,
    TcpSession,
    TcpContent,
    TcpResponseContent,
}

/// <summary>Reads the arguments of an action; null after a mistake, which <see cref="RuleLine.Scope"/> then has.</summary>
internal delegate RuleAction? ActionReader(RuleLine rule);

/// <summary>A rule on its way through an action's reader.</summary>
internal sealed class RuleLine(ConfigLine line, ProxySyntax proxy, RuleSetKind set, RulePlace place, int actionIndex, string tcpRules = "")
{
    /// <summary>All words of the line.</summary>
    public string[] Words { get; } = WordList.From(line, 0);

    /// <summary>The line.</summary>
    public ConfigLine Line { get; } = line;

    /// <summary>The section.</summary>
    public ProxySyntax Proxy { get; } = proxy;

    /// <summary>The set.</summary>
    public RuleSetKind Set { get; } = set;

    /// <summary>Where the action's word stands.</summary>
    public int ActionIndex { get; } = actionIndex;

    /// <summary>The action's word as written, with what stands in its parentheses.</summary>
    public string Action => this[ActionIndex];

    /// <summary>The next word to read.</summary>
    public int Index { get; set; } = actionIndex + 1;

    /// <summary>Where mistakes are remembered.</summary>
    public ExpressionScope Scope { get; } = new(proxy, line.At, place, line.Sink) { TcpRules = tcpRules };

    /// <summary>The condition, where the action read it itself.</summary>
    public Condition? Condition { get; set; }

    /// <summary>It is a rule of responses.</summary>
    public bool IsResponse => Set is RuleSetKind.HttpResponse or RuleSetKind.HttpAfterResponse or RuleSetKind.TcpResponseContent;

    /// <summary>Text of a word; "" beyond the end.</summary>
    public string this[int index] => index < Words.Length ? Words[index] : "";

    /// <summary>The word to read now; "" at the end.</summary>
    public string Word => this[Index];

    /// <summary>Nothing, or a condition, is left.</summary>
    public bool AtEnd => Word is "" or "if" or "unless";

    /// <summary>What stands in the parentheses of the action's word; null where there are none, or they do not close.</summary>
    public string? Parenthesis
    {
        get
        {
            var open = Action.IndexOf('(', StringComparison.Ordinal);
            return open >= 0 && Action[^1] == ')' ? Action[(open + 1)..^1] : null;
        }
    }

    /// <summary>Remembers a mistake; always null.</summary>
    public RuleAction? Fail(string error) => Scope.Fail<RuleAction>(error);

    /// <summary>Reads a format in the next word.</summary>
    public LogFormat? ReadFormat(FormatUse use = FormatUse.Message) => LogFormatReader.Read(this[Index++], use, Scope);

    /// <summary>Reads a sample expression from the next word on, and checks that it can be had here.</summary>
    public SampleExpression? ReadSample(string? called = null)
    {
        var index = Index;
        var sample = SampleReader.ReadHere(Words, ref index, Scope, called ?? Word);
        Index = index;
        return sample;
    }
}
