using System.Globalization;
using System.Text;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Checks what only the fetch itself knows of its arguments, and gives them their final form.</summary>
internal static class FetchArguments
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Check(FetchKind kind, FetchKeyword keyword, List<ExpressionArgument> arguments, EnvironmentTable? environment)
    {
        switch (kind)
        {
            case FetchKind.Variable:
                return Variable(arguments);
            case FetchKind.ConstantBool:
                return Bool(arguments);
            case FetchKind.ConstantBinary:
                if (Hexadecimal.Read(TextOf(arguments, 0), out var bytes) is { } wrong)
                {
                    return wrong;
                }

                arguments[0] = new TextArgument(Encoding.Latin1.GetString(bytes));
                return null;
            case FetchKind.ConstantText when keyword.Name == "env":
                arguments[0] = new TextArgument(environment?.Get(TextOf(arguments, 0)) ?? "");
                return null;
            case FetchKind.Date:
                return arguments.Count > 1 && TextOf(arguments, 1) is var unit && unit is not ("s" or "ms" or "us" or "")
                    ? $"expects 's', 'ms' or 'us', got '{unit}'"
                    : null;
            case FetchKind.Uuid:
                return arguments.Count > 0 && arguments[0] is NumberArgument { Value: not 4 } version
                    ? $"Unsupported UUID version: '{version.Value.ToString(CultureInfo.InvariantCulture)}'"
                    : null;
            case FetchKind.RequestHeader or FetchKind.RequestFullHeader or FetchKind.RequestHeaderAddress or FetchKind.RequestHeaderValue
                or FetchKind.ResponseHeader or FetchKind.ResponseFullHeader or FetchKind.ResponseHeaderAddress or FetchKind.ResponseHeaderValue:
                return arguments.Count > 1 && arguments[1] is NumberArgument { Value: < -10 } ? "occurrence must be >= -10" : null;
            case FetchKind.RequestPayload or FetchKind.ResponsePayload:
                return arguments[0] is NumberArgument { Value: < 0 } ? "payload offset and length must be positive"
                    : null;
            default:
                return null;
        }
    }

    private static string? Variable(List<ExpressionArgument> arguments)
    {
        if (VariableNames.Read(TextOf(arguments, 0), out var error) is not { } name)
        {
            return error;
        }

        arguments[0] = new VariableArgument(name);
        return null;
    }

    private static string? Bool(List<ExpressionArgument> arguments)
    {
        var value = TextOf(arguments, 0).ToUpperInvariant() switch { "TRUE" or "1" => 1, "FALSE" or "0" => 0, _ => -1 };
        if (value < 0)
        {
            return "Expects 'true', 'false', '0' or '1'";
        }

        arguments[0] = new NumberArgument(value);
        return null;
    }

    private static string TextOf(List<ExpressionArgument> arguments, int index) =>
        index < arguments.Count && arguments[index] is TextArgument text ? text.Value : "";
}
