using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Http1;

public sealed class Http1FuzzTests
{
    private static readonly byte[][] Spices =
    [
        "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), " "u8.ToArray(), "\t"u8.ToArray(), ":"u8.ToArray(), ","u8.ToArray(), "\0"u8.ToArray(), "\""u8.ToArray(),
        "chunked"u8.ToArray(), "close"u8.ToArray(), "\r\nTransfer-Encoding: chunked"u8.ToArray(), "\r\nContent-Length: 3"u8.ToArray(), "\r\nConnection: close,x"u8.ToArray(),
        "\r\n folded"u8.ToArray(), "HTTP/1.0"u8.ToArray(), "0\r\n\r\n"u8.ToArray(), "@"u8.ToArray(), "://"u8.ToArray(), ":80"u8.ToArray(),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_fixtures_mean_the_same_in_pieces_and_read_back(int seed)
    {
        var random = new Random(seed);
        var fixtures = WireFixture.All.Where(f => f.Input.Length < 1000).ToList();
        for (var run = 0; run < 250; run++)
        {
            var fixture = fixtures[random.Next(fixtures.Count)];
            var message = fixture.Input.ToList();
            for (var changes = random.Next(1, 4); changes > 0 && message.Count > 2; changes--)
            {
                var at = random.Next(message.Count);
                switch (random.Next(4))
                {
                    case 0: message[at] = (byte)random.Next(256); break;
                    case 1: message.RemoveAt(at); break;
                    case 2: message.InsertRange(at, Spices[random.Next(Spices.Length)]); break;
                    default: message.InsertRange(at, message.GetRange(random.Next(at + 1), Math.Min(9, message.Count - at)).ToArray()); break;
                }
            }

            var flags = (byte)((fixture.IsResponse ? 1 : 0) | (random.Next(2) * 2) | (random.Next(8) == 0 ? 4 : 0));
            Http1FuzzTarget.Check([flags, .. message]);
        }
    }
}
