using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Http;

public sealed class HttpHeadTests
{
    private readonly BufferPool _pool = new();
    private readonly HttpHead _head = new();

    [Theory]
    [InlineData("a", "b, c")]
    [InlineData("b", "a, c")]
    [InlineData("c", "a, b")]
    public void Removing_a_value_takes_its_comma_along(string value, string left)
    {
        Read("GET / HTTP/1.1\r\nX: a, b, c\r\n\r\n");
        foreach (var current in _head.Values("x"u8))
        {
            if (Encoding.ASCII.GetString(current) != value) continue;
            _head.RemoveValue(0, Values("x").Single(v => v.Text == value).Range).Should().BeTrue();
            break;
        }

        Encoding.ASCII.GetString(_head.ValueOf(0)).Should().Be(left);
    }

    [Fact]
    public void Set_replaces_all_and_appends()
    {
        Read("GET / HTTP/1.1\r\nX: 1\r\nHost: a\r\nx: 2\r\n\r\n");
        _head.Set("X-A"u8, "z"u8).Should().BeTrue();
        _head.Set("x"u8, "3"u8).Should().BeTrue();
        _head.SetUri("/other"u8).Should().BeTrue();
        Write().Should().Be("GET /other HTTP/1.1\r\nhost: a\r\nx-a: z\r\nx: 3\r\n\r\n");
    }

    [Fact]
    public void A_full_block_is_compacted_and_then_says_no()
    {
        Read("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        var value = new byte[6000];
        Array.Fill(value, (byte)'v');
        for (var i = 0; i < 20; i++) _head.Set("x-big"u8, value).Should().BeTrue();
        _head.Set("x-own"u8, _head.ValueOf(_head.First("x-big"u8))).Should().BeTrue();
        _head.Add("x-more"u8, value).Should().BeFalse();
        _head.LiveCount.Should().Be(3);
        Write().Should().StartWith("GET / HTTP/1.1\r\nhost: a\r\nx-big: vvv").And.EndWith("vvv\r\n\r\n");
        _head.Release();
        _pool.Outstanding.Should().Be(0);
    }

    [Fact]
    public void Reading_editing_and_writing_allocate_nothing()
    {
        var wire = "GET /some/path?with=query HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\nCookie: a=b; c=d\r\nConnection: keep-alive, x\r\n\r\n"u8.ToArray();
        var output = new byte[4096];
        var options = new Http1Options();
        long Once()
        {
            _head.Reset(_pool);
            Http1RequestReader.Parse(wire, _head, in options, out _, out _);
            _head.Set("x-forwarded-for"u8, "127.0.0.1"u8);
            var close = false;
            var written = Http1Writer.WriteRequestHead(_head, output, new Http1WriteOptions { Connection = Http1Connection.ForRequest(_head, ref close) });
            _head.Release();
            return written;
        }

        for (var i = 0; i < 100; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        _pool.Allocated.Should().Be(1);
    }

    [Theory]
    [InlineData("x, y", "x|y")]
    [InlineData("\"x, y\", z", "\"x, y\"|z")]
    [InlineData("\"x\\\", y\", z", "\"x\\\", y\"|z")]
    [InlineData("", "")]
    [InlineData(",", "|")]
    [InlineData("x,,y", "x||y")]
    [InlineData("'x, y'", "'x|y'")]
    [InlineData("\"x, y", "\"x, y")]
    public void Values_are_split_as_hdr_splits_them(string value, string expected)
    {
        Read("GET / HTTP/1.1\r\nA: " + value + "\r\n\r\n");
        string.Join('|', Values("a").Select(v => v.Text)).Should().Be(expected);
    }

    private List<(string Text, Slice Range)> Values(string name)
    {
        var list = new List<(string, Slice)>();
        var values = _head.Values(Encoding.ASCII.GetBytes(name));
        while (values.MoveNext()) list.Add((Encoding.ASCII.GetString(values.Current), values.Range));
        return list;
    }

    private void Read(string wire)
    {
        _head.Reset(_pool);
        Http1RequestReader.Parse(Encoding.ASCII.GetBytes(wire), _head, new Http1Options(), out _, out _).Should().Be(ParseStatus.Done);
    }

    private string Write()
    {
        var output = new byte[20000];
        return Encoding.ASCII.GetString(output, 0, Http1Writer.WriteRequestHead(_head, output, default));
    }
}
