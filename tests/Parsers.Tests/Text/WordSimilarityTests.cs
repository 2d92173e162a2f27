using Dropin.Parsers.Text;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Text;

public sealed class WordSimilarityTests
{
    private static readonly WordSimilarity Words = new(["bind", "name", "maxconn", "tfo", "retries", "defaults", "http-reuse", "acl"]);

    [Theory]
    [InlineData("bnd", "bind")]
    [InlineData("nam", "name")]
    [InlineData("maxcon", "maxconn")]
    [InlineData("foo", "tfo")]
    [InlineData("default", "defaults")]
    [InlineData("reqsetbe", "retries")]
    [InlineData("httpclose", "http-reuse")]
    [InlineData("aclaclacl", "acl")]
    [InlineData("bindbindbind", "bind")]
    public void The_nearest_word_is_found(string word, string nearest) => Words.Nearest(word).Should().Be(nearest);

    [Theory]
    [InlineData("wibble")]
    [InlineData("acl.acl.acl")]
    [InlineData(":81")]
    [InlineData("aclaclaclacl")]
    [InlineData("")]
    public void A_word_that_resembles_none_gets_none(string word) => Words.Nearest(word).Should().BeNull();
}
