using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Crypt;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Makes live converters of the IR's.</summary>
internal static class ConverterCompiler
{
    /// <summary>Makes a converter.</summary>
    public static SampleConverter Compile(ConverterCall call, RuleEnvironment environment)
    {
        var arguments = call.Arguments;
        var first = arguments.Count > 0 ? arguments[0] : null;
        var second = arguments.Count > 1 ? arguments[1] : null;
        if (call.Kind is ConverterKind.Digest or ConverterKind.Hmac or ConverterKind.Sha1 or ConverterKind.Sha2 or ConverterKind.AesGcmDecrypt)
        {
            CryptoLibrary.Load();
        }

        switch (call.Kind)
        {
            case ConverterKind.Add or ConverterKind.Subtract or ConverterKind.Multiply or ConverterKind.Divide or ConverterKind.Modulo
                or ConverterKind.And or ConverterKind.Or or ConverterKind.Xor:
                return new ArithmeticConverter(call.Kind, NumberSource.Of(first, environment));
            case ConverterKind.AddItem:
                return new AddItemConverter(Text(arguments, 0), TextSource.Of(second, environment), Text(arguments, 2));
            case ConverterKind.Concat:
                return new ConcatConverter(Text(arguments, 0), TextSource.Of(second is TextArgument ? null : second, environment), Text(arguments, 2));
            case ConverterKind.AesGcmDecrypt:
                return new AesGcmConverter(
                    TextSource.Of(second, environment), TextSource.Of(arguments[2], environment), TextSource.Of(arguments[3], environment));
            case ConverterKind.BigEndianToDecimal or ConverterKind.BigEndianToHex:
                var hex = call.Kind == ConverterKind.BigEndianToHex;
                return new BigEndianConverter(
                    Text(arguments, 0), (int)Math.Max(1, Number(arguments, 1, hex ? 1 : 2)), Number(arguments, 2, 0) != 0, hex);
            case ConverterKind.Bytes:
                return new BytesConverter(NumberSource.Of(first, environment), NumberSource.Of(second, environment), second is NumberArgument or VariableArgument);
            case ConverterKind.CaptureRequest or ConverterKind.CaptureResponse:
                return new CaptureConverter((int)Number(arguments, 0, 0), call.Kind == ConverterKind.CaptureResponse);
            case ConverterKind.Digest:
                return new DigestConverter(DigestConverter.Of(((TextArgument)first!).Value), default, keyed: false);
            case ConverterKind.Hmac:
                return new DigestConverter(DigestConverter.Of(((TextArgument)first!).Value), TextSource.Of(second, environment), keyed: true);
            case ConverterKind.Sha1:
                return new DigestConverter(HashAlgorithmName.SHA1, default, keyed: false);
            case ConverterKind.Sha2:
                return new DigestConverter(
                    Number(arguments, 0, 256) switch { 224 => DigestConverter.Of("sha224"), 384 => HashAlgorithmName.SHA384, 512 => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 },
                    default,
                    keyed: false);
            case ConverterKind.Field or ConverterKind.Word:
                return new FieldConverter((int)Number(arguments, 0, 1), Text(arguments, 1), Number(arguments, 2, 1), call.Kind == ConverterKind.Word);
            case ConverterKind.HttpDate:
                return new HttpDateConverter(
                    Number(arguments, 0, 0), Text(arguments, 1) is [(byte)'m', ..] ? 1000 : Text(arguments, 1) is [(byte)'u', ..] ? 1_000_000 : 1);
            case ConverterKind.LocalTime or ConverterKind.UniversalTime:
                return new TimeConverter(Text(arguments, 0), Number(arguments, 1, 0), call.Kind == ConverterKind.LocalTime);
            case ConverterKind.IfElse:
                return new IfElseConverter(Text(arguments, 0), Text(arguments, 1));
            case ConverterKind.MaskAddress:
                return new MaskAddressConverter(
                    ((AddressArgument)first!).Value.GetAddressBytes(), second is AddressArgument mask ? mask.Value.GetAddressBytes() : null);
            case ConverterKind.Json:
                return new JsonConverter((first as TextArgument)?.Value switch
                {
                    "utf8" => JsonInput.Utf8,
                    "utf8s" => JsonInput.Utf8Skip,
                    "utf8p" => JsonInput.Utf8Permissive,
                    "utf8ps" => JsonInput.Utf8PermissiveSkip,
                    _ => JsonInput.Ascii,
                });
            case ConverterKind.JsonQuery:
                return new JsonQueryConverter(JsonQueryConverter.ReadPath(((TextArgument)first!).Value), second is TextArgument { Value: "int" }, -1);
            case ConverterKind.JwtHeaderQuery or ConverterKind.JwtPayloadQuery:
                return new JsonQueryConverter(
                    first is TextArgument path ? JsonQueryConverter.ReadPath(path.Value) : [],
                    second is TextArgument { Value: "int" },
                    call.Kind == ConverterKind.JwtHeaderQuery ? 0 : 1);
            case ConverterKind.Language:
                var offered = ((TextArgument)first!).Value.Split(';');
                return new LanguageConverter(Array.ConvertAll(offered, Encoding.Latin1.GetBytes), second is TextArgument ? Text(arguments, 1) : null);
            case ConverterKind.TrimStart or ConverterKind.TrimEnd:
                return new TrimConverter(Text(arguments, 0), call.Kind == ConverterKind.TrimStart);
            case ConverterKind.Map:
                var map = ((MapArgument)first!).Map;
                return map.Expands
                    ? new RegexMapConverter(environment.Patterns.Of(map), second is TextArgument otherwise ? otherwise.Value : null)
                    : new MapConverter(environment.Patterns.Of(map), map, second is NoArgument ? null : second);
            case ConverterKind.RegexSubstitute:
                var regex = (RegexArgument)first!;
                return new RegexSubstituteConverter(
                    CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(regex.Pattern), regex.IgnoreCase, out _, out _)!,
                    Text(arguments, 1),
                    Text(arguments, 2).AsSpan().Contains((byte)'g'));
            case ConverterKind.SecureCompare:
                return new SecureCompareConverter(TextSource.Of(first, environment));
            case ConverterKind.TextCompare:
                return new TextCompareConverter(TextSource.Of(first, environment));
            case ConverterKind.SetVariable:
                return new SetVariableConverter(environment.Variables.SlotOf(((VariableArgument)first!).Name), VariableWhen.Always);
            case ConverterKind.UnsetVariable:
                return new UnsetVariableConverter(environment.Variables.SlotOf(((VariableArgument)first!).Name));
            case ConverterKind.UrlDecode:
                var inForm = Number(arguments, 0, 0) != 0;
                return new PlainConverter(SampleType.Text, (RuleSubject s, ref Sample v) => TextConverters.UrlDecode(s, ref v, inForm));
            case ConverterKind.UsableServers:
                return new PlainConverter(SampleType.Text, (RuleSubject s, ref Sample v) =>
                    environment.Backend(Encoding.Latin1.GetString(v.Bytes))?.Backend is { } backend && v.SetInteger(ProxyFetches.UsableServers(backend)));
            case ConverterKind.ServerQueue:
                return new PlainConverter(SampleType.Text, (RuleSubject s, ref Sample v) => ServerQueue(environment, ref v));
            default:
                return Hash(call.Kind, arguments) ?? Plain(call.Kind);
        }
    }

    private static byte[] Text(ValueList<ExpressionArgument> arguments, int index) => FetchCompiler.Text(arguments, index);

    private static long Number(ValueList<ExpressionArgument> arguments, int index, long fallback) => FetchCompiler.Number(arguments, index, fallback);

    private static bool ServerQueue(RuleEnvironment environment, ref Sample sample)
    {
        var text = Encoding.Latin1.GetString(sample.Bytes);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var server = slash < 0 ? environment.Server("", text) : environment.Server(text[..slash], text[(slash + 1)..]);
        return server is not null && sample.SetInteger(server.Queued.Value);
    }

    private static PlainConverter? Hash(ConverterKind kind, ValueList<ExpressionArgument> arguments)
    {
        var seed = Number(arguments, 0, 0);
        SampleChange? change = kind switch
        {
            ConverterKind.Crc32 => (RuleSubject _, ref Sample v) => v.SetInteger(Spread(Hashing.Crc32(v.Bytes), seed)),
            ConverterKind.Crc32C => (RuleSubject _, ref Sample v) => v.SetInteger(Spread(Hashing.Crc32(v.Bytes, 0x82f63b78), seed)),
            ConverterKind.Djb2 => (RuleSubject _, ref Sample v) => v.SetInteger(Spread(Hashing.Djb2(v.Bytes), seed)),
            ConverterKind.Sdbm => (RuleSubject _, ref Sample v) => v.SetInteger(Spread(Hashing.Sdbm(v.Bytes), seed)),
            ConverterKind.XxHash32 => (RuleSubject _, ref Sample v) => v.SetInteger(Hashing.XxHash32(v.Bytes, (uint)seed)),
            ConverterKind.XxHash64 => (RuleSubject _, ref Sample v) => v.SetInteger((long)Hashing.XxHash64(v.Bytes, (ulong)seed)),
            _ => null,
        };
        return change is null ? null : new PlainConverter(SampleType.Binary, change);
    }

    private static long Spread(uint hash, long avalanche) => avalanche != 0 ? Hashing.Avalanche(hash) : hash;

    private static PlainConverter Plain(ConverterKind kind) => kind switch
    {
        ConverterKind.Base64 => new(SampleType.Binary, EncodingConverters.Base64Encode),
        ConverterKind.Base64Decode => new(SampleType.Text, EncodingConverters.Base64Decode),
        ConverterKind.Base64UrlEncode => new(SampleType.Binary, EncodingConverters.Base64UrlEncode),
        ConverterKind.Base64UrlDecode => new(SampleType.Text, EncodingConverters.Base64UrlDecode),
        ConverterKind.Hex => new(SampleType.Binary, EncodingConverters.Hex),
        ConverterKind.HexToInteger => new(SampleType.Text, EncodingConverters.HexToInteger),
        ConverterKind.Lower => new(SampleType.Text, TextConverters.Lower),
        ConverterKind.Upper => new(SampleType.Text, TextConverters.Upper),
        ConverterKind.HostOnly => new(SampleType.Text, TextConverters.HostOnly),
        ConverterKind.PortOnly => new(SampleType.Text, TextConverters.PortOnly),
        ConverterKind.CutAtLineEnd => new(SampleType.Text, TextConverters.CutAtLineEnd),
        ConverterKind.UrlEncode => new(SampleType.Text, TextConverters.UrlEncode),
        ConverterKind.Length => new(SampleType.Text, static (RuleSubject _, ref Sample v) => v.SetInteger(v.Bytes.Length)),
        ConverterKind.Bool => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetBool(v.Number != 0)),
        ConverterKind.Not => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetBool(v.Number == 0)),
        ConverterKind.Even => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetBool((v.Number & 1) == 0)),
        ConverterKind.Odd => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetBool((v.Number & 1) != 0)),
        ConverterKind.Negate => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetInteger(unchecked(-v.Number))),
        ConverterKind.Complement => new(SampleType.Integer, static (RuleSubject _, ref Sample v) => v.SetInteger(~v.Number)),
        ConverterKind.ToNetworkOrder => new(SampleType.Integer, static (RuleSubject s, ref Sample v) =>
        {
            var room = s.Scratch.Take(4);
            BinaryPrimitives.WriteUInt32BigEndian(room, (uint)v.Number);
            return v.SetBinary(room);
        }),
        _ => throw new InvalidOperationException($"No converter for {kind}."),
    };
}
