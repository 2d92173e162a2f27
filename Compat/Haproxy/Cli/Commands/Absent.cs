namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Commands about things that this engine does not execute yet: empty lists are shown, changes are refused.</summary>
internal static class Absent
{
    internal static void Nothing(CliCall call)
    {
    }

    internal static void Tls(CliCall call)
    {
        switch (string.Join(' ', call.Words.AsSpan(0, Math.Min(3, call.Words.Length))!))
        {
            case "show ssl cert" or "show ssl crt-list" or "show ssl ocsp-response" when call.Words.Length == 3:
                break;
            case "show ssl ca-file" or "show ssl crl-file" when call.Words.Length == 3:
                call.Output.Append("# filename\n");
                break;
            case "show ssl providers":
                call.Output.Append("Loaded providers : \n\t- default\n");
                break;
            default:
                call.Fail("TLS objects cannot be changed at run time by this version.\n");
                break;
        }
    }

    internal static void ShowTlsKeys(CliCall call) => call.Output.Append("# id (file)\n");

    internal static void ShowTable(CliCall call)
    {
        if (call.Word(2).Length > 0)
            call.Fail("No such table\n");
    }

    internal static void SetTable(CliCall call) => call.Fail(call.Word(2).Length == 0
        ? "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key <key>\n" : "No such table\n");

    internal static void ClearTable(CliCall call) => SetTable(call);

    internal static void ShowResolvers(CliCall call)
    {
        if (call.Word(2).Length > 0)
            call.Fail("Can't find that resolvers section\n");
    }

    internal static void ShowTraces(CliCall call)
    {
        if (call.Word(2).Length > 0)
            call.Fail("No such trace source");
        else
            call.Output.Append("Supported trace sources and states (.=stopped, w=waiting, R=running) :\n");
    }

    internal static void Trace(CliCall call)
    {
        if (call.Word(1) is not ("" or "0"))
            call.Fail("No such trace source");
        else if (call.Word(1) == "")
            call.Output.Append("Supported trace sources and states (.=stopped, w=waiting, R=running) :\n [.] 0          : not a source, will immediately stop all traces\n");
    }
}
