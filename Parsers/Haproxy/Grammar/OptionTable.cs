using System.Diagnostics.CodeAnalysis;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Parsers.Text;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>One option of a line such as <c>bind</c> or <c>server</c>, with the words that belong to it.</summary>
/// <param name="Keyword">What it is; null for a word that is no option.</param>
/// <param name="Name">The word itself.</param>
/// <param name="Value">The word behind it, "" when it takes none or the line ended.</param>
internal readonly record struct OptionSyntax<TTarget>(OptionKeyword<TTarget>? Keyword, Word Name, Word Value);

/// <summary>Carries an option out on its target; returns what is wrong, or null.</summary>
/// <param name="option">The option as read.</param>
/// <param name="target">What it changes.</param>
/// <param name="line">The line.</param>
internal delegate FormattableString? OptionAction<TTarget>(in OptionSyntax<TTarget> option, TTarget target, ConfigLine line);

/// <summary>An option: its word, how many words follow it, and what it does.</summary>
internal sealed record OptionKeyword<TTarget>(string Name, int Arity, OptionAction<TTarget> Action);

/// <summary>The options of one kind of line: parsed by a dictionary, for the words are many and their order is free.</summary>
internal sealed class OptionTable<TTarget>
{
    private readonly Dictionary<string, OptionKeyword<TTarget>> _keywords = new(StringComparer.Ordinal);
    private readonly List<KeywordEntry> _entries = [];
    private readonly string _kind;
    private readonly string _where;
    private WordSimilarity? _similar;

    /// <summary>An empty table.</summary>
    /// <param name="kind">Kind of the entries in the registry.</param>
    /// <param name="where">The line the options stand on.</param>
    public OptionTable(string kind, string where)
    {
        (_kind, _where) = (kind, where);
        One = new OptionParser(_keywords);
        All = One.Until(Parser<Word>.End);
    }

    /// <summary>One option.</summary>
    public Parser<Word, OptionSyntax<TTarget>> One { get; }

    /// <summary>Options to the end of the line.</summary>
    public Parser<Word, IEnumerable<OptionSyntax<TTarget>>> All { get; }

    /// <summary>The registry's entries.</summary>
    public IReadOnlyList<KeywordEntry> Entries => _entries;

    /// <summary>Adds an option that is executed.</summary>
    public OptionTable<TTarget> Executed(string name, int arity, OptionAction<TTarget> action) => Add(name, arity, KeywordStatus.Executed, "", action);

    /// <summary>Adds an option that is checked and has no effect.</summary>
    public OptionTable<TTarget> Accepted(string name, int arity, string why, OptionAction<TTarget>? action = null) =>
        Add(name, arity, KeywordStatus.Accepted, why, action ?? ((in OptionSyntax<TTarget> _, TTarget _, ConfigLine _) => null));

    /// <summary>Adds an option that is known and not executed; the action may find more to say.</summary>
    public OptionTable<TTarget> Refused(string name, int arity, string why, OptionAction<TTarget>? action = null) =>
        Add(name, arity, KeywordStatus.Refused, why, (in OptionSyntax<TTarget> option, TTarget target, ConfigLine line) =>
            action?.Invoke(option, target, line) ?? NotExecuted(option.Name.Text, why));

    /// <summary>Adds an option that is known and not executed, which its line says once all of it has been read.</summary>
    public OptionTable<TTarget> RefusedLater(string name, string why, OptionAction<TTarget> action) =>
        Add(name, 0, KeywordStatus.Refused, why, action);

    /// <summary>The sentence for an option that is not executed.</summary>
    public static FormattableString NotExecuted(string name, string why) => $"'{name}' is known but not executed by this version ({why})";

    /// <summary>The known option nearest to an unknown one.</summary>
    /// <remarks>Of several equally near the first counts: those of TLS come first, then by name.</remarks>
    public string? Suggest(string word) => (_similar ??= new WordSimilarity(
        [.. _entries.OrderBy(e => e.Note.StartsWith("TLS", StringComparison.Ordinal) ? 0 : 1).ThenBy(e => e.Name, StringComparer.Ordinal).Select(e => e.Name)])).Nearest(word);

    private OptionTable<TTarget> Add(string name, int arity, KeywordStatus status, string note, OptionAction<TTarget> action)
    {
        _keywords[name] = new OptionKeyword<TTarget>(name, arity, action);
        _entries.Add(new KeywordEntry(_kind, _where, name, status, note));
        return this;
    }

    private sealed class OptionParser(Dictionary<string, OptionKeyword<TTarget>> keywords) : Parser<Word, OptionSyntax<TTarget>>
    {
        public override bool TryParse(
            ref ParseState<Word> state, ref PooledList<Expected<Word>> expecteds, [MaybeNullWhen(false)] out OptionSyntax<TTarget> result)
        {
            if (!state.HasCurrent)
            {
                result = default;
                return false;
            }

            var name = state.Current;
            state.Advance();
            var value = new Word("", name.At);
            if (keywords.TryGetValue(name.Text, out var keyword))
            {
                for (var i = 0; i < keyword.Arity && state.HasCurrent; i++)
                {
                    if (i == 0)
                    {
                        value = state.Current;
                    }

                    state.Advance();
                }
            }

            result = new OptionSyntax<TTarget>(keyword, name, value);
            return true;
        }
    }
}
