using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>A fetch and its converters with the type they yield.</summary>
/// <param name="Expression">What was read.</param>
/// <param name="Keyword">The fetch's entry.</param>
/// <param name="Type">The type behind the last converter.</param>
internal sealed record TypedSample(SampleExpression Expression, FetchKeyword Keyword, SampleType Type);

/// <summary>Reads sample expressions, "fetch(args),converter(args),…" (configuration manual 7.3).</summary>
internal static class SampleReader
{
    /// <summary>
    /// Reads an expression from words: it starts at the word <paramref name="index"/>, and converters may follow as words of their own.
    /// <paramref name="index"/> is left at the first word behind it.
    /// </summary>
    public static TypedSample? Read(IReadOnlyList<string> words, ref int index, ExpressionScope scope)
    {
        var text = index < words.Count ? words[index] : "";
        var at = 0;
        if (ReadFetch(text, ref at, scope) is not { } fetch)
        {
            return null;
        }

        var converters = new List<ConverterCall>();
        var type = fetch.Keyword.Type;
        var whole = text;
        if (!ReadConverters(text, ref at, ref type, fetch.Keyword.Name, converters, scope, toEnd: true))
        {
            return null;
        }

        index++;
        while (index < words.Count && ConverterTable.Find(NameAt(words[index], 0)) is not null && StandsAlone(words[index]))
        {
            whole += " " + words[index];
            at = 0;
            if (!ReadConverter(words[index], ref at, ref type, fetch.Keyword.Name, converters, scope)
                || !ReadConverters(words[index], ref at, ref type, fetch.Keyword.Name, converters, scope, toEnd: true))
            {
                return null;
            }

            index++;
        }

        return new TypedSample(new SampleExpression(fetch.Call, [.. converters], whole, scope.At), fetch.Keyword, type);
    }

    /// <summary>As <see cref="Read"/>, and checks that the value can be had where the expression stands.</summary>
    /// <param name="words">The words.</param>
    /// <param name="index">The first word; left at the first word behind the expression.</param>
    /// <param name="scope">Where it stands.</param>
    /// <param name="called">How a message calls the fetch.</param>
    public static SampleExpression? ReadHere(IReadOnlyList<string> words, ref int index, ExpressionScope scope, string called)
    {
        if (Read(words, ref index, scope) is not { } sample)
        {
            return null;
        }

        return (sample.Keyword.Places & scope.Place) != 0 ? sample.Expression
            : scope.Fail<SampleExpression>($"fetch method '{called}' extracts information from "
                + $"'{RulePlaceNames.NeedsOf(sample.Keyword.Needs)}', none of which is available here");
    }

    /// <summary>Reads an expression inside a text; <paramref name="at"/> is left at the first character that does not belong to it.</summary>
    public static TypedSample? ReadInside(string text, ref int at, ExpressionScope scope)
    {
        var start = at;
        if (ReadFetch(text, ref at, scope) is not { } fetch)
        {
            return null;
        }

        var converters = new List<ConverterCall>();
        var type = fetch.Keyword.Type;
        return ReadConverters(text, ref at, ref type, fetch.Keyword.Name, converters, scope, toEnd: false)
            ? new TypedSample(new SampleExpression(fetch.Call, [.. converters], text[start..at], scope.At), fetch.Keyword, type)
            : null;
    }

    /// <summary>Reads what follows a fetch: ",converter(args),…".</summary>
    public static bool ReadConverters(
        string text, ref int at, ref SampleType type, string fetch, List<ConverterCall> converters, ExpressionScope scope, bool toEnd)
    {
        var last = "";
        while (at < text.Length)
        {
            if (text[at] != ',')
            {
                return !toEnd || scope.Fail(last.Length == 0
                    ? $"missing comma after fetch keyword '{fetch}'"
                    : $"missing comma after converter '{last}'");
            }

            while (at < text.Length && text[at] == ',')
            {
                at++;
            }

            if (at == text.Length)
            {
                return true;
            }

            last = NameAt(text, at);
            if (!ReadConverter(text, ref at, ref type, fetch, converters, scope))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fetch of a keyword with its arguments, checked; null after a mistake.</summary>
    public static FetchCall? ReadCall(FetchKeyword keyword, string text, ref int at, ExpressionScope scope, string argumentPrefix)
    {
        var owner = string.Format(System.Globalization.CultureInfo.InvariantCulture, scope.ReferenceOwner, keyword.Name);
        var arguments = ArgumentReader.Read(text, ref at, keyword.Arguments, keyword.Required, keyword.Name, owner, scope, out var mistake);
        if (arguments is null)
        {
            return scope.Fail<FetchCall>(argumentPrefix + mistake.Message);
        }

        if (keyword.Kind is null)
        {
            return scope.Fail<FetchCall>($"fetch method '{keyword.Name}' is known but not executed by this version");
        }

        var response = keyword.ResponseKind is not null && (scope.Place & RulePlace.Responses) != 0 && (scope.Place & ~RulePlace.Responses) == 0;
        var kind = response ? keyword.ResponseKind!.Value : keyword.Kind.Value;
        if (FetchArguments.Check(kind, keyword, arguments, scope.Environment) is { } wrong)
        {
            return scope.Fail<FetchCall>($"invalid args in fetch method '{keyword.Name}' : {wrong}");
        }

        return new FetchCall(kind, [.. arguments]);
    }

    /// <summary>The keyword at a place: letters, digits and the few signs that keywords have.</summary>
    public static string NameAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or '+' or ':'))
        {
            end++;
        }

        return text[at..end];
    }

    private static (FetchKeyword Keyword, FetchCall Call)? ReadFetch(string text, ref int at, ExpressionScope scope)
    {
        var name = NameAt(text, at);
        if (name.Length == 0)
        {
            scope.Fail("missing fetch method");
            return null;
        }

        if (FetchTable.Find(name) is not { } keyword)
        {
            scope.Fail($"unknown fetch method '{name}'");
            return null;
        }

        at += name.Length;
        return ReadCall(keyword, text, ref at, scope, $"fetch method '{name}' : ") is { } call ? (keyword, call) : null;
    }

    private static bool ReadConverter(
        string text, ref int at, ref SampleType type, string fetch, List<ConverterCall> converters, ExpressionScope scope)
    {
        var name = NameAt(text, at);
        if (ConverterTable.Find(name) is not { } keyword)
        {
            return scope.Fail($"unknown converter '{name}'");
        }

        at += name.Length;
        var owner = string.Format(System.Globalization.CultureInfo.InvariantCulture, scope.ConverterOwner, name, fetch);
        var arguments = ArgumentReader.Read(text, ref at, keyword.Arguments, keyword.Required, name, owner, scope, out var mistake);
        if (arguments is null)
        {
            return scope.Fail($"invalid arg {mistake.Argument} in converter '{name}' : {mistake.Message}");
        }

        if (!ArgumentTypes.CanCast(type, keyword.Input))
        {
            return scope.Fail($"converter '{name}' cannot be applied");
        }

        if (keyword.Kind is null)
        {
            return scope.Fail($"converter '{name}' is known but not executed by this version");
        }

        if (ConverterArguments.Check(keyword, arguments, scope) is { } wrong)
        {
            return scope.Fail($"invalid args in converter '{name}' : {wrong}");
        }

        type = keyword.Output;
        converters.Add(new ConverterCall(keyword.Kind.Value, [.. arguments]));
        return true;
    }

    // A word of its own is a converter only as a whole: "lower" is one, "lower-case" is not.
    private static bool StandsAlone(string word)
    {
        var end = NameAt(word, 0).Length;
        return end == word.Length || word[end] is '(' or ',';
    }
}
