using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads conditions, "if a !b or { path /x }" (configuration manual 7.2).</summary>
internal static class ConditionReader
{
    private static readonly DiagnosticDescriptor NeverAnonymous = DiagnosticDescriptor.Warning(
        "acl-never-matches", "anonymous acl will never match{0} because it uses keyword '{1}' which is incompatible with '{2}'");

    private static readonly DiagnosticDescriptor NeverNamed = DiagnosticDescriptor.Warning(
        "acl-never-matches", "acl '{0}' will never match{1} because it only involves keywords that are incompatible with '{2}'");

    private static readonly DiagnosticDescriptor PartlyNamed = DiagnosticDescriptor.Warning(
        "acl-partly-matches", "acl '{0}' involves {1} '{2}' which is incompatible with '{3}'");

    /// <summary>
    /// Reads the words behind <c>if</c> or <c>unless</c>, to the end; null after a mistake. The scope remembers an ACL that does not fit, see
    /// <see cref="ExpressionScope.WarnConflict"/>.
    /// </summary>
    /// <param name="unless">Whether the result is turned round.</param>
    /// <param name="words">The words of the condition.</param>
    /// <param name="scope">Where the condition stands.</param>
    public static Condition? Read(bool unless, IReadOnlyList<string> words, ExpressionScope scope)
    {
        var alternatives = new List<ConditionTerms>();
        var terms = new List<ConditionTerm>();
        var negated = false;
        var index = 0;
        while (index < words.Count)
        {
            var word = words[index];
            while (word is ['!', ..])
            {
                negated = !negated;
                word = word[1..];
            }

            if (word.Length == 0)
            {
                index++;
                continue;
            }

            if (word is "or" or "||")
            {
                Close(alternatives, terms);
                negated = false;
                index++;
                continue;
            }

            ConditionTerm? term;
            if (word == "{")
            {
                var end = index + 1;
                while (end < words.Count && words[end] != "}")
                {
                    end++;
                }

                if (end == words.Count)
                {
                    return scope.Fail<Condition>("missing closing '}' in condition");
                }

                term = ReadAnonymous([.. words.Skip(index + 1).Take(end - index - 1)], negated, scope);
                index = end + 1;
            }
            else
            {
                term = ReadNamed(word, negated, scope);
                index++;
            }

            if (term is null)
            {
                return null;
            }

            terms.Add(term);
            negated = false;
        }

        Close(alternatives, terms);
        return new Condition(unless, [.. alternatives], scope.At);
    }

    private static void Close(List<ConditionTerms> alternatives, List<ConditionTerm> terms)
    {
        if (terms.Count > 0)
        {
            alternatives.Add(new ConditionTerms([.. terms]));
            terms.Clear();
        }
    }

    private static ConditionTerm? ReadAnonymous(string[] words, bool negated, ExpressionScope scope)
    {
        if (AclReader.Read("", words, scope) is not { } result)
        {
            return null;
        }

        if ((result.Keyword.Places & scope.Place) == 0)
        {
            scope.RememberConflict(NeverAnonymous, InRules(scope), result.Keyword.Name, RulePlaceNames.NameOf(scope.Place));
        }

        return new ConditionTerm([result.Acl], negated);
    }

    private static ConditionTerm? ReadNamed(string name, bool negated, ExpressionScope scope)
    {
        var acls = new List<AclConfig>();
        if (scope.Proxy is { } proxy)
        {
            foreach (var acl in proxy.Acls)
            {
                if (acl.Name == name)
                {
                    acls.Add(acl);
                }
            }
        }

        if (acls.Count == 0)
        {
            if (PredefinedAcls.Find(name) is not { } words)
            {
                return scope.Fail<ConditionTerm>($"no such ACL : '{name}'");
            }

            // Like the original: the first use makes it an ACL of the section, with a list of patterns of its own.
            if (AclReader.Read(name, words, new ExpressionScope(scope.Proxy, scope.At, scope.Place, null)) is not { } result)
            {
                return scope.Fail<ConditionTerm>($"no such ACL : '{name}'");
            }

            acls.Add(result.Acl);
            scope.Proxy?.Acls.Add(result.Acl);
        }

        Warn(name, acls, scope);
        return new ConditionTerm([.. acls], negated);
    }

    private static string InRules(ExpressionScope scope) => scope.TcpRules.Length > 0 ? $" in '{scope.TcpRules}'" : "";

    private static void Warn(string name, List<AclConfig> acls, ExpressionScope scope)
    {
        string? wrong = null;
        var fitting = 0;
        foreach (var acl in acls)
        {
            var keyword = SampleReader.NameAt(acl.Expression.Text, 0);
            if (FetchTable.Find(keyword) is { } fetch && (fetch.Places & scope.Place) == 0)
            {
                wrong ??= keyword;
            }
            else
            {
                fitting++;
            }
        }

        if (wrong is null)
        {
            return;
        }

        if (fitting == 0)
        {
            scope.RememberConflict(NeverNamed, name, InRules(scope), RulePlaceNames.NameOf(scope.Place));
        }
        else
        {
            scope.RememberConflict(PartlyNamed, name, scope.TcpRules.Length > 0 ? "keyword" : "keywords", wrong, RulePlaceNames.NameOf(scope.Place));
        }
    }
}
