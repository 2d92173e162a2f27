using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>What is done with bytes that are no good UTF-8.</summary>
internal enum JsonInput
{
    /// <summary>Each byte is a character.</summary>
    Ascii,

    /// <summary>They fail the conversion.</summary>
    Utf8,

    /// <summary>They are left out.</summary>
    Utf8Skip,

    /// <summary>They are taken as they are.</summary>
    Utf8Permissive,

    /// <summary>Where they are wrong they are left out, where they are only unusual they are taken.</summary>
    Utf8PermissiveSkip,
}

/// <summary>Escapes text for JSON strings (<c>json</c>, RFC 8259).</summary>
internal sealed class JsonConverter(JsonInput input) : SampleConverter
{
    public override SampleType Input => SampleType.Text;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var text = sample.Bytes;
        var room = subject.Scratch.Take(text.Length * 6);
        var used = 0;
        for (var at = 0; at < text.Length;)
        {
            int code = text[at];
            var size = 1;
            if (input != JsonInput.Ascii && code >= 0x80)
            {
                if (System.Text.Rune.DecodeFromUtf8(text[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done)
                {
                    code = rune.Value;
                    size = length;
                }
                else
                {
                    if (input is JsonInput.Utf8 or JsonInput.Utf8Permissive)
                    {
                        return false;
                    }

                    at += Math.Max(1, length);
                    if (input == JsonInput.Utf8Skip || input == JsonInput.Utf8PermissiveSkip)
                    {
                        continue;
                    }

                    Escape(code, room, ref used);
                    continue;
                }
            }

            at += size;
            switch (code)
            {
                case '"':
                    Two('"', room, ref used);
                    break;
                case '\\':
                    Two('\\', room, ref used);
                    break;
                case '/':
                    Two('/', room, ref used);
                    break;
                case '\b':
                    Two('b', room, ref used);
                    break;
                case '\f':
                    Two('f', room, ref used);
                    break;
                case '\n':
                    Two('n', room, ref used);
                    break;
                case '\r':
                    Two('r', room, ref used);
                    break;
                case '\t':
                    Two('t', room, ref used);
                    break;
                case >= 0x20 and < 0x7f:
                    room[used++] = (byte)code;
                    break;
                default:
                    if (code > 0xffff)
                    {
                        if (input is JsonInput.Utf8 or JsonInput.Utf8Permissive)
                        {
                            return false;
                        }

                        continue;
                    }

                    Escape(code, room, ref used);
                    break;
            }
        }

        return sample.SetText(room[..used]);
    }

    private static void Two(char c, Span<byte> room, ref int used)
    {
        room[used++] = (byte)'\\';
        room[used++] = (byte)c;
    }

    private static void Escape(int code, Span<byte> room, ref int used)
    {
        room[used++] = (byte)'\\';
        room[used++] = (byte)'u';
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            room[used++] = "0123456789abcdef"u8[(code >> shift) & 15];
        }
    }
}
