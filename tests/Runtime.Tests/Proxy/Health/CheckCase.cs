using System.Text;
using Dropin.Tests.Support;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>One block of fixtures/health.</summary>
internal sealed record CheckCase(string Name, List<string> Lines, List<string> Peer, List<string> Logs, List<string> Wire)
{
    internal static List<CheckCase> Load(string file)
    {
        var all = new List<CheckCase>();
        foreach (var line in File.ReadAllLines(Repository.PathOf("fixtures/health/" + file)))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                all.Add(new CheckCase(line[4..], [], [], [], []));
                continue;
            }

            var one = all[^1];
            if (line.StartsWith("| ", StringComparison.Ordinal))
            {
                one.Lines.Add(line[2..]);
            }
            else if (line.StartsWith("peer: ", StringComparison.Ordinal))
            {
                one.Peer.Add(line[6..]);
            }
            else if (line.StartsWith("log: ", StringComparison.Ordinal))
            {
                one.Logs.Add(line[5..]);
            }
            else if (line.StartsWith("wire: ", StringComparison.Ordinal))
            {
                one.Wire.Add(line[6..]);
            }
            else if (line.StartsWith("stat: ", StringComparison.Ordinal))
            {
                one.Logs.Insert(0, line[6..]);
            }
        }

        return all;
    }

    internal static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'r':
                    bytes.Add(13);
                    break;
                case 'n':
                    bytes.Add(10);
                    break;
                case 'x':
                    bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
                default:
                    bytes.Add((byte)text[i]);
                    break;
            }
        }

        return [.. bytes];
    }

    internal static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var one in bytes)
        {
            text.Append(one switch
            {
                13 => "\\r",
                10 => "\\n",
                (byte)'\\' => "\\\\",
                >= 32 and < 127 => ((char)one).ToString(),
                _ => $"\\x{one:x2}",
            });
        }

        return text.ToString();
    }
}
