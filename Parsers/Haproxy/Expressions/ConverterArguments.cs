using System.Globalization;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Checks what only the converter itself knows of its arguments, and gives them their final form.</summary>
internal static class ConverterArguments
{
    private static readonly string[] Digests = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256",
        "sha3-224", "sha3-256", "sha3-384", "sha3-512", "ripemd160", "rmd160", "blake2b512", "blake2s256", "md5-sha1", "sm3"];

    private static readonly string[] ExecutedDigests = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Check(ConverterKeyword keyword, List<ExpressionArgument> arguments, ExpressionScope scope)
    {
        switch (keyword.Kind)
        {
            case ConverterKind.Add or ConverterKind.Subtract or ConverterKind.Multiply or ConverterKind.Divide or ConverterKind.Modulo
                or ConverterKind.And or ConverterKind.Or or ConverterKind.Xor:
                return NumberOrVariable(arguments, 0);
            case ConverterKind.Concat or ConverterKind.AddItem:
                return OptionalVariable(arguments, 1);
            case ConverterKind.TextCompare or ConverterKind.SecureCompare:
                return OptionalVariable(arguments, 0) ?? (arguments[0] is VariableArgument ? null : "failed to register variable name ''");
            case ConverterKind.SetVariable or ConverterKind.UnsetVariable:
                return Variable(arguments) ?? VariableConditions(arguments);
            case ConverterKind.Bytes:
                return NumberOrVariable(arguments, 0) is null && (arguments.Count < 2 || NumberOrVariable(arguments, 1) is null)
                    ? null : "expects an integer or a variable name";
            case ConverterKind.Sha2:
                return NumberOf(arguments, 0, 256) is 224 or 256 or 384 or 512 ? null
                    : $"Unsupported number of bits: '{NumberOf(arguments, 0, 256).ToString(CultureInfo.InvariantCulture)}'";
            case ConverterKind.Digest or ConverterKind.Hmac:
                return DigestName(arguments, keyword) ?? (keyword.Kind == ConverterKind.Hmac ? KeyOfHmac(arguments) : null);
            case ConverterKind.AesGcmDecrypt:
                return AesGcm(arguments);
            case ConverterKind.Json:
                return TextOf(arguments, 0) is "" or "ascii" or "utf8" or "utf8s" or "utf8p" or "utf8ps" ? null
                    : "Unexpected input code type. Allowed value are 'ascii', 'utf8', 'utf8s', 'utf8p' and 'utf8ps'";
            case ConverterKind.UrlEncode:
                return TextOf(arguments, 0) is "" or "query" ? null : "Unexpected encode type. Allowed value is 'query'";
            case ConverterKind.RegexSubstitute:
                return RegexFlags(arguments);
            case ConverterKind.HttpDate:
                return arguments.Count < 2 || TextOf(arguments, 1) is "" or "s" or "ms" or "us" ? null
                    : $"expects 's', 'ms' or 'us', got '{TextOf(arguments, 1)}'";
            case ConverterKind.Map:
                return MapFiles.Check(keyword, arguments, scope);
            default:
                return null;
        }
    }

    private static string? NumberOrVariable(List<ExpressionArgument> arguments, int index)
    {
        if (index >= arguments.Count || arguments[index] is not TextArgument text)
        {
            return null;
        }

        if (VariableNames.Read(text.Value, out _) is { } variable)
        {
            arguments[index] = new VariableArgument(variable);
            return null;
        }

        if (!long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return "expects an integer or a variable name";
        }

        arguments[index] = new NumberArgument(number);
        return null;
    }

    private static string? OptionalVariable(List<ExpressionArgument> arguments, int index)
    {
        var text = TextOf(arguments, index);
        if (text.Length == 0)
        {
            return null;
        }

        if (VariableNames.Read(text, out _) is not { } variable)
        {
            return $"failed to register variable name '{text}'";
        }

        arguments[index] = new VariableArgument(variable);
        return null;
    }

    private static string? Variable(List<ExpressionArgument> arguments)
    {
        if (VariableNames.Read(TextOf(arguments, 0), out var error) is not { } variable)
        {
            return error;
        }

        arguments[0] = new VariableArgument(variable);
        return null;
    }

    private static string? VariableConditions(List<ExpressionArgument> arguments)
    {
        for (var i = 1; i < arguments.Count; i++)
        {
            if (TextOf(arguments, i) is { Length: > 0 } word && VariableConditionNames.Find(word) is null)
            {
                return $"unsupported condition '{word}'";
            }
        }

        return null;
    }

    private static string? DigestName(List<ExpressionArgument> arguments, ConverterKeyword keyword)
    {
        var name = TextOf(arguments, 0).ToLowerInvariant();
        if (!Digests.Contains(name))
        {
            return "algorithm must be a valid OpenSSL message digest name.";
        }

        return ExecutedDigests.Contains(name) ? null : $"algorithm '{name}' of '{keyword.Name}' is known but not executed by this version";
    }

    // The key is in base 64, or in a variable.
    private static string? KeyOfHmac(List<ExpressionArgument> arguments) => KeyOrVariable(arguments, 1, "failed to parse key: ");

    private static string? KeyOrVariable(List<ExpressionArgument> arguments, int index, string prefix)
    {
        var text = TextOf(arguments, index);
        if (VariableNames.Read(text, out _) is { } variable)
        {
            arguments[index] = new VariableArgument(variable);
            return null;
        }

        try
        {
            arguments[index] = new TextArgument(System.Text.Encoding.Latin1.GetString(System.Convert.FromBase64String(text)));
            return null;
        }
        catch (FormatException)
        {
            return prefix + text;
        }
    }

    private static string? AesGcm(List<ExpressionArgument> arguments) => NumberOf(arguments, 0, 0) is 128 or 192 or 256
        ? KeyOrVariable(arguments, 1, "failed to parse nonce : ") ?? KeyOrVariable(arguments, 2, "failed to parse key : ")
            ?? KeyOrVariable(arguments, 3, "failed to parse aead_tag : ")
        : "key size must be 128, 192 or 256 (bits).";

    private static string? RegexFlags(List<ExpressionArgument> arguments)
    {
        var flags = TextOf(arguments, 2);
        foreach (var flag in flags)
        {
            if (flag is not ('i' or 'g'))
            {
                return $"invalid regex flag '{flag}', only 'i' and 'g' are supported";
            }
        }

        if (flags.Contains('i', StringComparison.Ordinal) && arguments[0] is RegexArgument regex)
        {
            arguments[0] = regex with { IgnoreCase = true };
        }

        return null;
    }

    private static string TextOf(List<ExpressionArgument> arguments, int index) =>
        index < arguments.Count && arguments[index] is TextArgument text ? text.Value : "";

    private static long NumberOf(List<ExpressionArgument> arguments, int index, long fallback) =>
        index < arguments.Count && arguments[index] is NumberArgument number ? number.Value : fallback;
}
