using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Proxy.Health;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>The few expressions of the cases, in place of the rules' room.</summary>
internal sealed partial class CaseExpressions : ICheckExpressions
{
    public void Format(LogFormat format, CheckSubject subject, IBufferWriter<byte> into) =>
        into.Write(Encoding.Latin1.GetBytes(Expressions().Replace(format.Text, m => Value(m.Groups[1].Value, subject))));

    public bool TryGetNumber(SampleExpression expression, CheckSubject subject, out long value) =>
        long.TryParse(Value(expression.Text, subject), CultureInfo.InvariantCulture, out value);

    public void SetVariable(SetVariableStep step, CheckSubject subject) => subject.Variables = "5";

    public BytePredicate Compile(ReadOnlySpan<byte> pattern)
    {
        var regex = new Regex(Encoding.Latin1.GetString(pattern));
        return bytes => regex.IsMatch(Encoding.Latin1.GetString(bytes));
    }

    private static string Value(string expression, CheckSubject subject) => expression switch
    {
        "be_name" => subject.Server.Backend.Name,
        "srv_name" => subject.Server.Name,
        "res.body" => Encoding.Latin1.GetString(subject.Body.Span),
        "status" => subject.Response!.Status.ToString(CultureInfo.InvariantCulture),
        "res.payload(0,0)" => Encoding.Latin1.GetString(subject.Buffer.Span),
        "res.payload(0,3)" => Encoding.Latin1.GetString(subject.Buffer.Span[..3]),
        "str()" => "",
        "var(check.x)" => (string)subject.Variables!,
        // An integer in a binary format is written as its hexadecimal digits there.
        "int(42)" => "42",
        "int(5)" => "5",
        "int(33)" => "33",
        "int(77)" => "77",
        "int(28999)" => "28999",
        _ => throw new InvalidOperationException(expression),
    };

    [GeneratedRegex(@"%\[(.*?)\]")]
    private static partial Regex Expressions();
}
