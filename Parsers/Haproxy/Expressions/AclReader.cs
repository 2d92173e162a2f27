using System.Globalization;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads what stands behind an ACL's name, or between the braces of an anonymous one (configuration manual 7.1).</summary>
internal static class AclReader
{
    private static readonly DiagnosticDescriptor NoPattern = new(
        "acl-no-pattern",
        DiagnosticSeverity.Warning,
        DiagnosticPlace.None,
        "parsing acl keyword '{0}' :\n"
            + "  no pattern to match against were provided, so this ACL will never match.\n"
            + "  If this is what you intended, please add '--' to get rid of this warning.\n"
            + "  If you intended to match only for existence, please use '-m found'.\n"
            + "  If you wanted to force an int to match as a bool, please use '-m bool'.\n",
        DiagnosticEffect.None);

    /// <summary>An ACL and the keyword of its fetch, which says where the ACL can be used.</summary>
    public readonly record struct Result(AclConfig Acl, FetchKeyword Keyword);

    /// <summary>Reads the words; null after a mistake.</summary>
    public static Result? Read(string name, IReadOnlyList<string> words, ExpressionScope scope)
    {
        scope.ReferenceOwner = "ACL keyword '{0}'";
        scope.ConverterOwner = "conversion keyword '{0}' for ACL keyword '{1}'";
        var index = 0;
        var head = words.Count > 0 ? words[0] : "";
        var keywordName = SampleReader.NameAt(head, 0);
        var alias = AclKeywordTable.Find(keywordName);
        TypedSample? sample;
        if (alias is not null)
        {
            sample = ReadAlias(alias, keywordName, head, scope);
            index = 1;
        }
        else
        {
            sample = SampleReader.Read(words, ref index, scope);
            if (sample is null)
            {
                scope.Error += $" in ACL expression '{head}'";
            }
        }

        if (sample is null)
        {
            return null;
        }

        var match = alias is not null && (sample.Expression.Converters.Count == 0 || alias.Match is not ("str" or "int"))
            ? MatchMethods.Find(alias.Match)
            : DefaultOf(sample.Type);
        if (ReadPatterns(name, words, index, sample, match, scope) is not { } acl)
        {
            return null;
        }

        // With converters the list goes by the fetch behind the keyword, as in the original.
        NoteLists(acl, alias is null || sample.Expression.Converters.Count > 0 ? alias?.Fetch ?? sample.Keyword.Name : keywordName, scope);
        return new Result(acl, sample.Keyword);
    }

    private static void NoteLists(AclConfig acl, string keyword, ExpressionScope scope)
    {
        foreach (var file in acl.Files)
        {
            var hasValues = file.Lines.Count > 0 && file.Lines[0].Value is not null;
            scope.Note(new PatternUse(file.File, -1, keyword, acl, null, hasValues, file.Lines, acl.At));
        }

        var inline = new PatternLine[acl.Patterns.Count];
        for (var i = 0; i < inline.Length; i++)
        {
            inline[i] = new PatternLine(acl.Patterns[i], acl.Patterns[i].Text, null);
        }

        scope.Note(new PatternUse(null, acl.UniqueId, keyword, acl, null, HasValues: false, ValueList.Create<PatternLine>(inline), acl.At));
    }

    private static TypedSample? ReadAlias(AclKeyword alias, string keywordName, string head, ExpressionScope scope)
    {
        var keyword = FetchTable.Find(alias.Fetch)!;
        var at = keywordName.Length;
        var call = SampleReader.ReadCall(keyword with { Name = keywordName }, head, ref at, scope, "");
        if (call is null)
        {
            scope.Error = $"ACL keyword '{keywordName}' : {scope.Error}";
            return null;
        }

        if (at < head.Length && head[at] != ',')
        {
            return scope.Fail<TypedSample>($"ACL keyword '{keywordName}' : missing comma after fetch keyword.");
        }

        var converters = new List<ConverterCall>();
        var type = keyword.Type;
        if (!SampleReader.ReadConverters(head, ref at, ref type, keywordName, converters, scope, toEnd: true))
        {
            scope.Error = $"ACL keyword '{keywordName}' : {scope.Error}.";
            return null;
        }

        var text = keywordName == alias.Fetch ? head : alias.Fetch + head[keywordName.Length..];
        return new TypedSample(
            new SampleExpression(call, [.. converters], text, scope.At), keyword with { Name = keywordName }, type);
    }

    private static AclConfig? ReadPatterns(
        string name, IReadOnlyList<string> words, int index, TypedSample sample, MatchMethod? match, ExpressionScope scope)
    {
        var first = index;
        var ignoreCase = false;
        var resolve = ExpressionServices.ResolveNames;
        var id = -1;
        var files = new List<string>();
        var asMap = false;
        for (; index < words.Count && words[index] is ['-', ..] option; index++)
        {
            if (option == "--")
            {
                index++;
                break;
            }

            var value = index + 1 < words.Count ? words[index + 1] : "";
            switch (option)
            {
                case "-i":
                    ignoreCase = true;
                    break;
                case "-n":
                    resolve = false;
                    break;
                case "-M":
                    asMap = true;
                    break;
                case "-u":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out id))
                    {
                        return scope.Fail<AclConfig>("the argument of -u must be an integer");
                    }

                    index++;
                    break;
                case "-f":
                    files.Add(value);
                    index++;
                    break;
                case "-m":
                    if (MatchMethods.Find(value) is not { } method)
                    {
                        return scope.Fail<AclConfig>($"unknown matching method '{value}' when parsing ACL expression");
                    }

                    match = method;
                    index++;
                    break;
                default:
                    return scope.Fail<AclConfig>(
                        $"'{option}' is not a valid ACL option. Please use '--' before any pattern beginning with a '-'");
            }
        }

        if (match is not { } compare)
        {
            return scope.Fail<AclConfig>(
                $"matching method must be specified first (using '-m') when using a sample fetch of this type ('{sample.Keyword.Name}')");
        }

        if (first == words.Count && compare is not (MatchMethod.Bool or MatchMethod.Found))
        {
            scope.Sink?.Add(NoPattern, scope.At, words[0]);
        }

        var dotted = compare == MatchMethod.Int && sample.Keyword.Name is "req_ssl_ver" or "req.ssl_ver";
        var reader = new PatternReader(compare, ignoreCase, dotted) { Resolve = resolve };
        var patterns = new List<AclPattern>();
        var read = new List<PatternFileConfig>();
        foreach (var file in files)
        {
            if (ReadFile(file, asMap, reader, scope) is not { } content)
            {
                return null;
            }

            read.Add(content);
        }

        for (; index < words.Count; index++)
        {
            if (reader.Read(words[index], out var error) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else if (error is not null)
            {
                return scope.Fail<AclConfig>(error);
            }
        }

        return new AclConfig(name, sample.Expression, compare, [.. patterns], ignoreCase, scope.At) { UniqueId = id, Files = [.. read] };
    }

    private static PatternFileConfig? ReadFile(string file, bool asMap, PatternReader reader, ExpressionScope scope)
    {
        if (PatternFiles.ReadLines(file) is not { } lines)
        {
            return scope.Fail<PatternFileConfig>($"failed to open pattern file <{file}>");
        }

        var entries = new List<PatternLine>(lines.Count);
        foreach (var (number, line) in lines)
        {
            var end = asMap ? line.IndexOfAny([' ', '\t']) : -1;
            var key = end < 0 ? line : line[..end];
            if (reader.Read(key, out var error) is { } pattern)
            {
                entries.Add(new PatternLine(pattern, key, asMap ? line[key.Length..].Trim(' ', '\t') : null));
            }
            else if (error is not null)
            {
                return scope.Fail<PatternFileConfig>($"{error} at line {number.ToString(CultureInfo.InvariantCulture)} of file '{file}'");
            }
        }

        return new PatternFileConfig(file, [.. entries]);
    }

    private static MatchMethod? DefaultOf(SampleType type) => type switch
    {
        SampleType.Bool => MatchMethod.Bool,
        SampleType.Integer => MatchMethod.Int,
        SampleType.Address or SampleType.IPv4 or SampleType.IPv6 => MatchMethod.Ip,
        SampleType.Text => MatchMethod.Text,
        _ => null,
    };
}
