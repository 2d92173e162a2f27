using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>capture</c> and <c>declare capture</c> (configuration manual 4.2).</summary>
internal static class CaptureLines
{
    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("capture", Capture)
        .Executed("declare", Declare);

    private static void Capture(ConfigLine line, ProxySyntax proxy)
    {
        ProxyBasics.NeedsFrontend(line, proxy, "capture");
        switch (line[1])
        {
            case "cookie":
                Cookie(line, proxy);
                break;
            case "request" when line[2] == "header":
                Header(line, proxy, proxy.RequestCaptures);
                break;
            case "response" when line[2] == "header":
                Header(line, proxy, proxy.ResponseCaptures);
                break;
            default:
                line.Error("unknown-word", $"'{line[0]}' expects 'cookie' or 'request header' or 'response header'.", word: 1);
                break;
        }
    }

    private static void Cookie(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.IsDefaults)
        {
            line.Error("not-in-defaults", $"'{line[0]} {line[1]}' not allowed in 'defaults' section.");
            return;
        }

        if (line.HasTooMany(4, 1))
        {
            return;
        }

        if (line[4].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects 'cookie' <cookie_name> 'len' <len>.");
            return;
        }

        proxy.CookieCapture = new CookieCapture(line[2], Values.Integer(line[4]));
    }

    private static void Header(ConfigLine line, ProxySyntax proxy, List<HeaderCapture> captures)
    {
        if (proxy.IsDefaults)
        {
            line.Error("not-in-defaults", $"'{line[0]} {line[1]}' not allowed in 'defaults' section.");
            return;
        }

        if (line.HasTooMany(4, 1))
        {
            return;
        }

        if (line[3].Length == 0 || line[4] != "len" || line[5].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]}' expects 'header' <header_name> 'len' <len>.");
            return;
        }

        captures.Add(new HeaderCapture(line[3], Values.Integer(line[5])));
    }

    private static void Declare(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsFrontend)
        {
            line.Error("needs-frontend", $"'{line[0]}' only available in frontend or listen section");
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' needs a second keyword that specify the type of declaration ('capture')");
            return;
        }

        if (line[1] != "capture")
        {
            line.Error("unknown-word", $"unknown declaration type '{line[1]}' (supports 'capture')", word: 1);
            return;
        }

        if (line[2] is not ("request" or "response"))
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]}' requires a direction ('request' or 'response')", word: 2);
            return;
        }

        if (line[3] != "len")
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]}' requires a capture length ('len')", word: 3);
            return;
        }

        if (line[4].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]} {line[1]}': 'len' requires a numeric value that represents the capture length");
            return;
        }

        if (!Values.TryWhole(line[4], out var length, out _))
        {
            line.Error("bad-number", $"'{line[0]} {line[1]}': cannot parse the length '{line[3]}'.", word: 4);
            return;
        }

        (line[2] == "request" ? proxy.RequestCaptures : proxy.ResponseCaptures).Add(new HeaderCapture(null, (int)length));
    }
}
