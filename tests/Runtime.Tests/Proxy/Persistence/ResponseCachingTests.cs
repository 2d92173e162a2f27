using System.Globalization;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Persistence;

public sealed class ResponseCachingTests
{
    public static TheoryData<string> Cases => new(File.ReadAllLines(Repository.PathOf("fixtures/balance/caching.txt")).Where(l => l[0] != '#'));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Responses_are_private_or_blocked_as_by_the_original(string line)
    {
        var columns = line.Split(" | ");
        var head = new HttpHead();
        head.Reset(new BufferPool(4096));
        head.StartResponse(int.Parse(columns[0].Split(' ')[1], CultureInfo.InvariantCulture), "x"u8);
        foreach (var header in columns[1].Split(" ; "))
            head.Add(Encoding.Latin1.GetBytes(header[..header.IndexOf(':')]), Encoding.Latin1.GetBytes(header[(header.IndexOf(':') + 1)..].Trim()));
        var caching = ResponseCaching.Of(KnownMethods.Of(Encoding.Latin1.GetBytes(columns[0].Split(' ')[0])), head);
        $"{(caching.IsCacheable ? "private" : "-")} | {(caching.IsBlocked(serverSetsCookie: true) ? "blocked" : "-")}".Should().Be($"{columns[2]} | {columns[3]}");
        caching.IsBlocked(serverSetsCookie: false).Should().BeFalse();
    }
}
