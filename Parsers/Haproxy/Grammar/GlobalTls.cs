using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The TLS keywords of <c>global</c>. They are checked and kept as written; nothing listens with TLS yet.</summary>
internal static class GlobalTls
{
    private const string Why = "kept for TLS, which is not executed yet";

    private static readonly string[] Versions = ["SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

    private static readonly HashSet<string> Options = new(StringComparer.Ordinal)
    {
        "no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12", "no-tlsv13", "force-sslv3", "force-tlsv10", "force-tlsv11", "force-tlsv12",
        "force-tlsv13", "no-tls-tickets",
    };

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<GlobalSyntax> table)
    {
        foreach (var name in (ReadOnlySpan<string>)["ca-base", "crt-base", "issuers-chain-path"])
        {
            table.Accepted(name, Why, Folder);
        }

        foreach (var name in (ReadOnlySpan<string>)["ssl-default-bind-ciphers", "ssl-default-server-ciphers"])
        {
            table.Accepted(name, Why, (line, g) => Kept(line, g, $"global statement '{line[0]}' expects a cipher suite as an argument.\n"));
        }

        foreach (var name in (ReadOnlySpan<string>)["ssl-default-bind-ciphersuites", "ssl-default-server-ciphersuites"])
        {
            table.Accepted(name, Why, (line, g) => Kept(line, g, $"global statement '{line[0]}' expects a cipher suite as an argument.\n"));
        }

        table
            .Accepted("ssl-default-bind-curves", Why, (line, g) => Kept(line, g, $"global statement 'ssl-default-bind-curves' expects a curves suite as an arguments.\n"))
            .Accepted("ssl-default-bind-options", Why, DefaultOptions)
            .Accepted("ssl-default-server-options", Why, DefaultOptions)
            .Accepted("ssl-dh-param-file", Why, DhFile)
            .Accepted("ssl-server-verify", Why, ServerVerify)
            .Accepted("ssl-load-extra-del-ext", Why)
            .Accepted("ssl-load-extra-files", Why, ExtraFiles)
            .Accepted("ssl-mode-async", Why)
            .Accepted("ssl-skip-self-issued-ca", Why)
            .Accepted("ssl-propquery", Why)
            .Accepted("ssl-provider", Why)
            .Accepted("ssl-provider-path", Why)
            .Accepted("maxsslconn", Why, MaxConnections);
    }

    private static void Folder(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"global statement '{line[0]}' expects a directory path as an argument.\n");
            return;
        }

        if (line[0] is "ca-base" or "crt-base" && !g.Seen.Add(line[0]))
        {
            line.Error("already-set", $"'{line[0]}' already specified.");
            return;
        }

        if (line[0] == "crt-base")
        {
            g.CertificateBase = line[1];
        }
        else if (line[0] == "ca-base")
        {
            g.AuthorityBase = line[1];
        }
    }

    private static void Kept(ConfigLine line, GlobalSyntax g, FormattableString missing)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", missing);
            return;
        }
    }

    private static void DefaultOptions(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"global statement '{line[0]}' expects an option as an argument.\n");
            return;
        }

        for (var i = 1; line[i].Length > 0; i++)
        {
            if (line[i] is "ssl-min-ver" or "ssl-max-ver")
            {
                if (line[i + 1].Length == 0)
                {
                    line.Error("missing-argument", $"'{line[i]}' : missing the ssl/tls version on global statement '{line[0]}'.\n", word: i);
                    return;
                }

                if (!Versions.Contains(line[++i]))
                {
                    line.Error("unknown-version", $"'{line[i]}' : unknown ssl/tls version on global statement '{line[0]}'.\n", word: i);
                    return;
                }
            }
            else if (!Options.Contains(line[i]) && !(line[i] == "prefer-client-ciphers" && line[0] == "ssl-default-bind-options"))
            {
                line.Error("unknown-option", $"unknown option '{line[i]}' on global statement '{line[0]}'.\n", word: i);
                return;
            }
        }
    }

    private static void DhFile(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects a file path as an argument.");
            return;
        }

        var content = line.Document.Surroundings.ReadFile(line[1], out _);
        if (content is null || !System.Text.Encoding.Latin1.GetString(content).Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            line.Error("cannot-read", $"'{line[0]}': unable to load DH parameters from file <{line[1]}>.", word: 1);
            return;
        }
    }

    private static void ServerVerify(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'ssl-server-verify' expects an integer argument.");
            return;
        }

        if (line[1] is not ("none" or "required"))
        {
            line.Error("bad-argument", $"'ssl-server-verify' expects 'none' or 'required' as argument.", word: 1);
            return;
        }

        g.ServerVerifyNone = line[1] == "none";
    }

    private static void ExtraFiles(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument",
                $"'ssl-load-extra-files' expects one or multiple arguments (none, all, bundle, sctl, ocsp, issuer).");
            return;
        }

        for (var i = 1; line[i].Length > 0; i++)
        {
            if (line[i] is not ("none" or "all" or "bundle" or "sctl" or "ocsp" or "issuer" or "key"))
            {
                line.Error("bad-argument",
                    $"'ssl-load-extra-files' expects one or multiple arguments (none, all, bundle, sctl, ocsp, issuer).", word: i);
                return;
            }
        }
    }

    private static void MaxConnections(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'maxsslconn' expects an integer argument.");
        }
        else if (Values.Number(line[1]) < 0)
        {
            line.Error("out-of-range", $"'maxsslconn' expects a positive numeric value.", word: 1);
        }
    }
}
