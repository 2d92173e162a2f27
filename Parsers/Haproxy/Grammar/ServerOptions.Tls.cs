namespace Dropin.Parsers.Haproxy.Grammar;

/// <content>TLS towards servers: checked, and refused where 'ssl' turns it on.</content>
internal static partial class ServerOptions
{
    private static void AddTls(OptionTable<ServerSyntax> table)
    {
        table
            .RefusedLater("ssl", NoTls, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Tls = true))
            .RefusedLater("check-ssl", NoTls, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.CheckTls = true))
            .Executed("no-ssl", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Tls = false))
            .Executed("no-check-ssl", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.CheckTls = false))
            .Refused("send-proxy-v2-ssl", 0, NoTls)
            .Refused("send-proxy-v2-ssl-cn", 0, NoTls)
            .Accepted("no-send-proxy-v2-ssl", 0, NoTls)
            .Accepted("no-send-proxy-v2-ssl-cn", 0, NoTls);
        foreach (var name in (ReadOnlySpan<string>)["allow-0rtt", "no-ssl-reuse", "ssl-reuse", "no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12",
            "no-tlsv13", "force-sslv3", "force-tlsv10", "force-tlsv11", "force-tlsv12", "force-tlsv13", "no-tls-tickets", "tls-tickets"])
        {
            table.Accepted(name, 0, NoTls);
        }

        Word(table, "alpn", "missing the comma-delimited ALPN protocol suite");
        Word(table, "npn", "missing the comma-delimited NPN protocol suite");
        Word(table, "check-alpn", "missing the comma-delimited ALPN protocol suite");
        Word(table, "check-sni", "missing SNI");
        Word(table, "ciphers", "missing cipher suite");
        Word(table, "ciphersuites", "missing cipher suite");
        Word(table, "sni", "missing sni expression");
        Word(table, "verifyhost", "missing hostname to verify against");
        Word(table, "crl-file", "missing CRLfile path", static (in OptionSyntax<ServerSyntax> o, ServerSyntax _, ConfigLine line) =>
            line.Document.Surroundings.Exists(o.Value.Text) ? null : Problem.Of($"unable to load {o.Value.Text}"));
        Word(table, "ssl-min-ver", "missing the ssl/tls version", Version);
        Word(table, "ssl-max-ver", "missing the ssl/tls version", Version);
        Word(table, "verify", "missing verify method", static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
        {
            s.VerifyNone = o.Value.Text == "none";
            return o.Value.Text is "none" or "required" ? null
                : Problem.Of($"'verify' : unknown verify method '{o.Value.Text}', only 'none' and 'required' are supported");
        });
        Word(table, "ca-file", "missing CAfile path", static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) =>
        {
            s.HasAuthorities = true;
            var path = o.Value.Text;
            if (!path.StartsWith('/') && path[0] != '@' && line.Document.Global.AuthorityBase is { } folder)
            {
                path = folder + "/" + path;
            }

            if (path[0] == '@' || line.Document.Surroundings.Exists(path))
            {
                return null;
            }

            line.Sink.Add(Sentences.Make("cannot-read", Runtime.Ir.Source.DiagnosticSeverity.Alert, Runtime.Ir.Source.DiagnosticEffect.Fails,
                $"'server {line.Document.CurrentProxy?.Name}/{s.Name}' : Couldn't open the ca-file '{path}' (No such file or directory).\n",
                Runtime.Ir.Source.DiagnosticPlace.Bracket, line.At));
            line.Sink.Error("cannot-read", line.At, $"'{o.Name.Text}' : unable to load {path}.\n");
            return Said;
        });
        Word(table, "crt", "missing certificate file path", static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) =>
        {
            var path = o.Value.Text;
            if (!path.StartsWith('/') && line.Document.Global.CertificateBase is { } folder)
            {
                path = folder + "/" + path;
            }

            return line.Document.Surroundings.Exists(path) ? null
                : Problem.Of($"unable to stat SSL certificate from file '{path}' : No such file or directory.\n");
        });
    }

    /// <summary>Stands for a problem which has been said already.</summary>
    public static readonly FormattableString Said = $"";

    private static void Word(OptionTable<ServerSyntax> table, string name, string missing, OptionAction<ServerSyntax>? more = null) =>
        table.Accepted(name, 1, NoTls, (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) =>
            o.Value.Text.Length == 0 ? Problem.Of($"'{name}' : {missing}") : more?.Invoke(o, s, line));

    private static FormattableString? Version(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line) =>
        o.Value.Text is "SSLv3" or "TLSv1.0" or "TLSv1.1" or "TLSv1.2" or "TLSv1.3" ? null : Problem.Of($"'{o.Value.Text}' : unknown ssl/tls version");
}
