using Dropin.Parsers.Haproxy.Lexing;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy.Lexing;

public sealed class ConditionEvaluatorTests
{
    private static readonly ConditionEvaluator Conditions = new(
        new EnvironmentTable(new Dictionary<string, string> { ["HOME"] = "/root" }), EngineIdentity.Current with { Version = "2.6.12" });

    [Theory]
    [InlineData("", false)]
    [InlineData("1", true)]
    [InlineData("00", false)]
    [InlineData("-1", true)]
    [InlineData("defined(HOME)", true)]
    [InlineData("!defined(NOPE)", true)]
    [InlineData("!streq(a,a)", false)]
    [InlineData("!strneq(a,a)", true)]
    [InlineData("! ! streq(a,a)", true)]
    [InlineData("defined()", false)]
    [InlineData("streq(a b,\"a b\")", true)]
    [InlineData("strneq(a,b)", true)]
    [InlineData("version_atleast(2.6.12)", true)]
    [InlineData("version_atleast(2.7-dev0)", false)]
    [InlineData("version_before(2.7)", true)]
    [InlineData("version_atleast(x)", true)]
    [InlineData("(1 && 0) || 1", true)]
    [InlineData("!0 && !(0)", true)]
    [InlineData("feature(EPOLL)", true)]
    [InlineData("feature(epoll)", false)]
    public void A_condition_has_a_value(string text, bool value) => Conditions.Evaluate(text, out _, out _).Should().Be(value);

    [Theory]
    [InlineData("bogus(x)", "unparsable conditional expression 'bogus(x)'", 0)]
    [InlineData("1 2", "unexpected character '2' at the end of conditional expression '1 2'", 2)]
    [InlineData("(1", "expected ')' after conditional expression '(1'", 0)]
    [InlineData("1 || bogus", "unparsable conditional expression 'bogus'", 5)]
    [InlineData("defined(HOME) &&", "unparsable conditional expression '&&'", 14)]
    [InlineData("defined(HOME", "expected ')' in argument 1 of predicate 'defined' used in conditional expression", 12)]
    [InlineData("streq(a)", "missing arguments (got 1/2), type 'string' expected in argument 1 of predicate 'streq' used in conditional expression", 7)]
    public void What_is_no_condition_is_said(string text, string sentence, int offset)
    {
        Conditions.Evaluate(text, out var error, out var at).Should().BeNull();
        error.Should().Be(sentence);
        at.Should().Be(offset);
    }
}
