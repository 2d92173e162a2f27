using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show errors</c>: the last request and response of each proxy that could not be understood (management manual 9.3).</summary>
internal static class ShowErrors
{
    private const int LineWidth = 70;

    internal static void Run(CliCall call)
    {
        ProxyState? only = null;
        if (call.Word(2) is { Length: > 0 } name)
        {
            only = call.Context.Find(name, ProxyCapability.Frontend) ?? call.Context.Find(name, ProxyCapability.Backend);
            if (only is null)
            {
                call.Fail("No such proxy.\n");
                return;
            }
        }
        var engine = call.Context.Engine;
        call.Output.Append(CultureInfo.InvariantCulture, $"Total events captured on [{Dates.Of(call.Now)}] : {Volatile.Read(ref engine.Process.CapturedErrors)}\n");
        foreach (var proxy in engine.Proxies)
        {
            if (only is not null && !ReferenceEquals(proxy, only))
                continue;
            if (call.Word(3) != "response" && proxy.InvalidRequest.Read(out var request) is { } badRequest)
                Request(badRequest, request, engine.Global.Tune.BufferSize, call.Output);
            if (call.Word(3) != "request" && proxy.InvalidResponse.Read(out var response) is { } badResponse)
                Response(badResponse, response, engine.Global.Tune.BufferSize, call.Output);
        }
    }

    private static void Request(CapturedError error, byte[] bytes, int size, StringBuilder into)
    {
        into.Append(CultureInfo.InvariantCulture, $" \n[{Dates.Of(error.WallMicroseconds)}] frontend {error.Frontend.Name} (#{error.Frontend.Config.Id}): invalid request\n")
            .Append(CultureInfo.InvariantCulture, $"  backend {error.Backend?.Name ?? "<NONE>"} (#{error.Backend?.Config.Id ?? -1}), ");
        Rest(error, bytes, size, into);
    }

    private static void Response(CapturedError error, byte[] bytes, int size, StringBuilder into)
    {
        into.Append(CultureInfo.InvariantCulture, $" \n[{Dates.Of(error.WallMicroseconds)}] backend {error.Backend?.Name} (#{error.Backend?.Config.Id}): invalid response\n")
            .Append(CultureInfo.InvariantCulture, $"  frontend {error.Frontend.Name} (#{error.Frontend.Config.Id}), ");
        Rest(error, bytes, size, into);
    }

    private static void Rest(CapturedError error, byte[] bytes, int size, StringBuilder into)
    {
        const int wrapReserve = 48; // what the original's buffers keep for themselves
        into.Append(CultureInfo.InvariantCulture, $"server {error.Server?.Name ?? "<NONE>"} (#{error.Server?.Config.Id ?? -1}), event #{error.Event}, src {Runtime.Admin.AddressTexts.Of(error.Client)}\n")
            .Append(CultureInfo.InvariantCulture, $"  buffer starts at 0 (including 0 out), {size - bytes.Length} free,\n")
            .Append(CultureInfo.InvariantCulture, $"  len {bytes.Length}, wraps at {size - wrapReserve}, error at position {error.Error.Offset}\n")
            .Append("  H1 connection flags 0x00000000, H1 stream flags 0x00000000\n")
            .Append(CultureInfo.InvariantCulture, $"  H1 msg state {error.Error.StateName}({(int)error.Error.State}), H1 msg flags 0x00000000\n")
            .Append("  H1 chunk len 0 bytes, H1 body len 0 bytes :\n  \n");
        Dump(bytes, into);
    }

    /// <summary>Lines of text with what is not printable written out; a plus marks a line that goes on.</summary>
    private static void Dump(byte[] bytes, StringBuilder into)
    {
        var goesOn = false;
        for (var at = 0; at < bytes.Length;)
        {
            into.Append(CultureInfo.InvariantCulture, $"  {at:00000}{(goesOn ? '+' : ' ')} ");
            var width = 0;
            goesOn = true;
            while (at < bytes.Length)
            {
                var shown = Shown(bytes[at]);
                if (width + shown.Length > LineWidth)
                    break;
                into.Append(shown);
                width += shown.Length;
                if (bytes[at++] != (byte)'\n')
                    continue;
                goesOn = false;
                break;
            }
            into.Append('\n');
        }
    }

    private static string Shown(byte value) => value switch
    {
        (byte)'\t' => "\\t",
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        0x1b => "\\e",
        (byte)'\\' => "\\\\",
        >= 0x20 and < 0x7f => ((char)value).ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
    };
}
