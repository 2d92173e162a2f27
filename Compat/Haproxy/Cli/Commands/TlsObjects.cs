using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>
/// Commands about TLS objects (management manual 9.3, <c>show ssl …</c>, <c>set ssl …</c>). This engine has none yet, so whatever they name is not there;
/// what would make one is refused.
/// </summary>
internal static class TlsObjects
{
    private const string NotExecuted = "TLS objects cannot be made at run time by this version.\n";

    internal static void ShowAuthorities(CliCall call)
    {
        if (call.Word(3).Length > 0)
            call.Fail("Can't display the CA file : Not found!\n");
        else
            call.Output.Append(CultureInfo.InvariantCulture, $"# filename\n@system-ca - {call.Session.Server.Machine.Authorities} certificate(s)\n");
    }

    internal static void ShowRevocations(CliCall call)
    {
        if (call.Word(3).Length > 0)
            call.Fail("Can't display the CRL file : Not found!\n");
        else
            call.Output.Append("# filename\n");
    }

    internal static void ShowCertificates(CliCall call)
    {
        if (call.Word(3).Length > 0)
            call.Fail("Can't display the certificate: Not found or the certificate is a bundle!\n");
    }

    internal static void ShowLists(CliCall call)
    {
        if (call.Word(3) == "-n" && call.Word(4).Length == 0)
            call.Fail("'show ssl crt-list -n' expects a filename or a directory\n");
        else if (call.Word(3).Length > 0)
            call.Fail("didn't find the specified filename\n");
    }

    internal static void ShowStatusResponses(CliCall call)
    {
        if (call.Word(3).Length > 0)
            call.Fail("Certificate ID does not match any certificate.\n");
    }

    internal static void ShowProviders(CliCall call) => call.Output.Append("Loaded providers : \n\t- default\n");

    internal static void ShowTicketKeys(CliCall call)
    {
        if (call.Word(2) is "" or "*")
            call.Output.Append(call.Word(2).Length == 0 ? "# id (file)\n" : "# id secret\n");
        else
            call.Fail("'show tls-keys' unable to locate referenced filename\n");
    }

    internal static void SetTicketKey(CliCall call) => call.Fail(call.Word(3).Length == 0 || call.Word(4).Length == 0
        ? "'set ssl tls-key' expects a filename and the new TLS key in base64 encoding.\n" : "'set ssl tls-key' unable to locate referenced filename\n");

    internal static void SetStatusResponse(CliCall call)
    {
        var text = (call.Payload ?? call.Word(3)).Trim('\n');
        if (text.Length == 0)
            call.Fail("'set ssl ocsp-response' expects response in base64 encoding.\n");
        else if (Decode(text) is not { } response)
            call.Fail("'set ssl ocsp-response' received invalid base64 encoded response.\n");
        else if (BodyOf(response) is not { } body)
            call.Fail("Unable to parse OCSP response.\n");
        else if (body is [Enumerated, 1, not 0, ..])
            call.Fail("OCSP response status not successful.\n");
        else
            call.Fail("OCSP single response: Certificate ID does not match any certificate or issuer.\n");
    }

    /// <summary>A command that changes an object by its name: there is none of that name.</summary>
    internal static void Change(CliCall call)
    {
        var (verb, kind, name) = (call.Words[0], call.Words[2], call.Word(3));
        var what = kind switch
        {
            "ca-file" => "CA file",
            "crl-file" => "CRL file",
            _ => "certificate",
        };
        switch (verb)
        {
            case "del":
                call.Fail(name.Length == 0 ? $"'del ssl {kind}' expects a {what} name\n" : $"Can't remove the {what}: {what} '{name}' doesn't exist!\n");
                break;
            case "commit" when name.Length == 0:
                call.Fail($"'commit ssl {(kind == "cert" ? "cert" : "ca-file")} expects a filename\n");
                break;
            case "abort" or "new" when name.Length == 0:
                call.Fail($"'{verb} ssl {kind}' expects a filename\n");
                break;
            case "commit":
                call.Fail($"No ongoing transaction! !\nCan't commit {name}!\n");
                break;
            case "abort":
                call.Fail("No ongoing transaction!\n");
                break;
            case "set" when name.Length == 0 || call.Payload is null:
                call.Fail($"'set ssl {kind} expects a filename and {(kind == "cert" ? "a certificate" : kind == "ca-file" ? "CAs" : "CRLs")} as a payload\n");
                break;
            case "set":
                call.Fail($"Can't replace a {what} which is not referenced by the configuration!\nCan't update {name}!\n");
                break;
            default:
                call.Fail(NotExecuted);
                break;
        }
    }

    internal static void ChangeList(CliCall call)
    {
        var adds = call.Words[0] == "add";
        if (call.Word(3).Length == 0 || (call.Word(4).Length == 0 && call.Payload is null))
            call.Fail($"'{call.Words[0]} ssl crtlist' expects a filename and a certificate name\n");
        else
            call.Fail($"Can't {(adds ? "edit the crt-list" : "delete the entry")}: crt-list '{call.Word(3)}' does not exist!\n");
    }

    private static byte[]? Decode(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return Base64.IsValid(bytes) && bytes.Length % 4 == 0 ? Convert.FromBase64String(text) : null;
    }

    // An OCSP response is a DER sequence over all of its bytes, whose first member is its status (RFC 6960, 4.2.1).
    private static byte[]? BodyOf(byte[] bytes)
    {
        if (bytes.Length < 2 || bytes[0] != Sequence)
            return null;
        var count = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7f;
        if (bytes[1] == 0x80 || count > 4 || bytes.Length < 2 + count)
            return null;
        long length = count == 0 ? bytes[1] : 0;
        foreach (var digit in bytes.AsSpan(2, count))
            length = (length << 8) | digit;
        return bytes.Length == 2 + count + length ? bytes[(2 + count)..] : null;
    }

    private const byte Sequence = 0x30, Enumerated = 0x0a;
}
