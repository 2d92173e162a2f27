using System.Globalization;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>HTTP_GET and SSL_GET.</summary>
internal static partial class CheckKeywords
{
    private static readonly DiagnosticDescriptor s_noProtocol = FindingKind.Warning("http-protocol-missing", "Missing http_protocol version");
    private static readonly DiagnosticDescriptor s_protocol = FindingKind.Warning("http-protocol", "Invalid http_protocol version {0}");
    private static readonly DiagnosticDescriptor s_oldRetry = FindingKind.Warning("http-retry-old", "nb_get_retry is deprecated - please use 'retry'");
    private static readonly DiagnosticDescriptor s_oldRetryValue = FindingKind.Warning("http-retry", "Invalid nb_get_retry value '{0}'");
    private static readonly DiagnosticDescriptor s_noHost = FindingKind.Warning("http-host", "{0} virtualhost name missing");
    private static readonly DiagnosticDescriptor s_noUrlHost = FindingKind.Warning("http-url-host", "Missing HTTP_GET virtualhost name");
    private static readonly DiagnosticDescriptor s_noUrls = FindingKind.Warning("http-no-urls", "HTTP/SSL_GET checker has no urls specified - ignoring");
    private static readonly DiagnosticDescriptor s_noPath = FindingKind.Warning("http-no-path", "HTTP/SSL_GET checker url has no path - ignoring");
    private static readonly DiagnosticDescriptor s_digestLength = FindingKind.Warning("http-digest-length", "digest '{0}' character length should be 32 rather than {1}");
    private static readonly DiagnosticDescriptor s_digest = FindingKind.Warning("http-digest", "Unable to interpret hex digit in '{0}' at offset {1}/{2}");
    private static readonly DiagnosticDescriptor s_digestTwice = FindingKind.Warning("http-digest-twice", "Digest '{0}' is a duplicate");
    private static readonly DiagnosticDescriptor s_status = FindingKind.Warning("http-status", "Invalid HTTP_GET status code '{0}'");

    private static KeywordTable Http(KeywordTable table, string name)
    {
        table
            .Accepted("http_protocol", GlobalKeywords.NoIpvs, HttpProtocol)
            .Accepted("virtualhost", GlobalKeywords.NoIpvs, s =>
            {
                if (s.Word(1) is { } host)
                {
                    Set(s, c => c with { HostName = host });
                }
                else
                {
                    s.Report(s_noHost, name);
                }
            })
            .Accepted("enable_sni", GlobalKeywords.NoIpvs, s => Switch(s, (c, on) => c with { SendsServerName = on }))
            .Accepted("fast_recovery", GlobalKeywords.NoIpvs, s => Switch(s, (c, on) => c with { FastRecovery = on }))
            .Accepted("nb_get_retry", GlobalKeywords.NoIpvs, OldRetry)
            .Foreign("newer than the announced release", "sni_name", "tls_compliant");
        var url = new KeywordTable(table.Path + " > url")
            .Accepted("path", GlobalKeywords.NoIpvs, s =>
            {
                if (s.Need(out var path))
                {
                    Url(s).Path = path;
                }
            })
            .Accepted("digest", GlobalKeywords.NoIpvs, Digest)
            .Accepted("status_code", GlobalKeywords.NoIpvs, Status)
            .Accepted("virtualhost", GlobalKeywords.NoIpvs, UrlHost)
            .Accepted("regex", GlobalKeywords.NoIpvs, s => Url(s).Regex = Scripts.Words(s) is { Count: > 1 } words ? words[1] : null)
            .Accepted("regex_no_match", GlobalKeywords.NoIpvs, s => Url(s).RegexInverted = true)
            .Accepted("regex_options", GlobalKeywords.NoIpvs, s => Url(s).RegexOptions.AddRange(s.Words.Skip(1)))
            .Accepted("regex_stack", GlobalKeywords.NoIpvs)
            .Accepted("regex_min_offset", GlobalKeywords.NoIpvs, s => Url(s).MinOffset = Offset(s))
            .Accepted("regex_max_offset", GlobalKeywords.NoIpvs, s => Url(s).MaxOffset = Offset(s))
            .Foreign("newer than the announced release", "tls_compliant");
        return table.Block("url", url, s => s.Document.Checkers.Url = new UrlSyntax(), CloseUrl, KeywordStatus.Accepted, GlobalKeywords.NoIpvs);
    }

    private static UrlSyntax Url(Statement s) => s.Document.Checkers.Url!;

    private static uint Offset(Statement s) => uint.TryParse(s.Word(1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;

    private static void HttpProtocol(Statement s)
    {
        switch (s.Word(1))
        {
            case null: s.Report(s_noProtocol); break;
            case "1.0" or "1.0C" or "1.0c" or "1.1": Set(s, c => c with { HttpProtocol = s.Words[1] }); break;
            case var word: s.Report(s_protocol, word); break;
        }
    }

    private static void OldRetry(Statement s)
    {
        s.Report(s_oldRetry);
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, uint.MaxValue, out var retry))
        {
            Set(s, c => c with { Times = c.Times with { Retry = retry } });
        }
        else
        {
            s.Report(s_oldRetryValue, word);
        }
    }

    private static void Digest(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (Url(s).Digest is not null)
        {
            s.Report(s_digestTwice, word);
            return;
        }

        if (word.Length != 32)
        {
            s.Report(s_digestLength, word, word.Length.ToString(CultureInfo.InvariantCulture));
            return;
        }

        for (var i = 0; i < 32; i += 2)
        {
            if (!char.IsAsciiHexDigit(word[i]) || !char.IsAsciiHexDigit(word[i + 1]))
            {
                s.Report(s_digest, word, i.ToString(CultureInfo.InvariantCulture), (i + 1).ToString(CultureInfo.InvariantCulture));
                return;
            }
        }

        Url(s).Digest = word;
    }

    private static void Status(Statement s)
    {
        foreach (var word in s.Words.Skip(1))
        {
            var parts = word.Split('-');
            if (parts.Length <= 2 && Code(parts[0]) is { } first && Code(parts[^1]) is { } last && first <= last)
            {
                Url(s).Status.Add((first, last));
            }
            else
            {
                s.Report(s_status, word);
            }
        }

        static int? Code(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 100 and <= 599 ? code : null;
    }

    private static void UrlHost(Statement s)
    {
        if (s.Word(1) is { } host)
        {
            Url(s).HostName = host;
        }
        else
        {
            s.Report(s_noUrlHost);
        }
    }

    private static void CloseUrl(Document document)
    {
        var url = document.Checkers.Url!;
        if (url.Path is null)
        {
            document.Sink.Add(s_noPath, document.Lines!.At, false);
            return;
        }

        var regex = url.Regex is { } pattern
            ? new CheckRegexConfig(pattern, ValueList.Create<string>([.. url.RegexOptions]), url.RegexInverted, url.MinOffset, url.MaxOffset)
            : null;
        document.Checkers.Check!.Urls.Add(new CheckUrlConfig(url.Path, url.Digest, ValueList.Create<(int, int)>([.. url.Status]), url.HostName, regex));
    }

    private static void CloseHttp(Document document)
    {
        var check = document.Checkers.Check!;
        if (check.Urls.Count == 0)
        {
            document.Sink.Add(s_noUrls, document.Lines!.At, false);
            check.Failed = true;
        }
    }
}
