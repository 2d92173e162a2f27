using System.Net;
using System.Text;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Persistence;

public sealed class DynamicCookieTests
{
    [Fact]
    public void The_value_is_the_originals() =>
        DynamicCookie.ValueOf("MyKey", SocketAddress128.From(IPAddress.Loopback, 28002)).Should().Be("b441e5bc2e804c23");

    [Theory]
    [InlineData("", 0xef46db3751d8e999)]
    [InlineData("a", 0xd24ec4f1a98c6e5b)]
    [InlineData("abc", 0x44bc2cf5ad770999)]
    public void XXH64_has_its_published_values(string text, ulong hash) => XxHash64.Of(Encoding.ASCII.GetBytes(text)).Should().Be(hash);
}
