using System.Text;
using Dropin.Compat.Haproxy;
using Dropin.Parsers.Haproxy;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Sys.Pcre2;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Rules;

/// <summary>
/// What the original's config test says of rules, ACLs and formats, good and bad ones (fixtures/haproxy/rules/messages.txt): exit status and every
/// message must be the same bytes.
/// </summary>
public sealed class RuleMessageTests
{
    private const string Around = """
        defaults
         timeout client 1s
         timeout server 1s
         timeout connect 1s
         mode http
        backend b
         server s 127.0.0.1:1

        """;

    static RuleMessageTests() => ExpressionServices.Regex = (string pattern, bool ignoreCase, out int offset) =>
    {
        CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(pattern), ignoreCase, out var error, out offset);
        return error;
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            var head = "";
            var expected = new StringBuilder();
            foreach (var line in File.ReadLines(Repository.PathOf("fixtures/haproxy/rules/messages.txt"), Encoding.Latin1).Append("> end |"))
            {
                if (!line.StartsWith("> ", StringComparison.Ordinal))
                {
                    _ = head.Length > 0 ? expected.Append(line).Append('\n') : expected;
                    continue;
                }

                if (head.Length > 0)
                {
                    var bar = head.IndexOf(" | ", StringComparison.Ordinal);
                    all.Add(head[..bar], head[(bar + 3)..], expected.ToString().TrimEnd());
                }

                head = line[2..];
                expected.Clear();
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_line_is_judged_as_the_original_judges_it(string section, string lines, string expected)
    {
        var text = new StringBuilder(Around).Append(section).Append('\n');
        if (section.StartsWith("frontend", StringComparison.Ordinal))
        {
            text.Append(" bind 127.0.0.1:27001\n");
        }

        foreach (var line in lines.Split("||"))
        {
            text.Append(' ').Append(line).Append('\n');
        }

        var bytes = Encoding.Latin1.GetBytes(text.ToString());
        var result = HaproxyConfigLoader.Load(["p.cfg"], new LoadOptions { Environment = new Dictionary<string, string>(), ReadFile = _ => bytes });
        Render(result).Should().Be(expected, $"that is what the original says of '{lines}'");
    }

    private static string Render(LoadResult result)
    {
        var text = new StringBuilder("exit ").Append(result.Config is null ? 1 : result.HasListener ? 0 : 2).Append('\n');
        foreach (var diagnostic in result.Diagnostics)
        {
            var name = diagnostic.Severity switch
            {
                DiagnosticSeverity.Alert => "[ALERT]    ",
                DiagnosticSeverity.Warning => "[WARNING]  ",
                _ => "[NOTICE]   ",
            };
            var sentence = DiagnosticText.Of(diagnostic);
            if (diagnostic.Severity >= DiagnosticSeverity.Warning && !sentence.Contains("Error(s) found", StringComparison.Ordinal)
                && !sentence.Contains("Fatal errors", StringComparison.Ordinal))
            {
                text.Append(name).Append(sentence).Append('\n');
            }
        }

        return text.ToString().TrimEnd();
    }
}
