using System.Globalization;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>SMTP_CHECK, DNS_CHECK, UDP_CHECK, BFD_CHECK and FILE_CHECK.</summary>
internal static partial class CheckKeywords
{
    private static readonly DiagnosticDescriptor s_noHelo = FindingKind.Warning("smtp-helo", "SMTP_CHECK helo name missing");
    private static readonly DiagnosticDescriptor s_dnsType = FindingKind.Warning("dns-type", "Unknown DNS check type {0} - ignoring");
    private static readonly DiagnosticDescriptor s_dnsName = FindingKind.Warning("dns-name", "DNS_CHECK name '{0}' {1} - ignoring");
    private static readonly DiagnosticDescriptor s_dnsTwice = FindingKind.Warning("dns-name-twice", "DNS_CHECK name already specified - ignoring");
    private static readonly DiagnosticDescriptor s_udpLength = FindingKind.Warning("udp-length", "UDP_CHECK {0} length {1} not valid - must be between 0 & 65535");
    private static readonly DiagnosticDescriptor s_udpNever = FindingKind.Warning("udp-never", "UDP_CHECK min_reply length {0} > max_reply_length {1} - will always fail");
    private static readonly DiagnosticDescriptor s_udpNoPayload = FindingKind.Warning("udp-payload-missing", "UDP_CHECK payload requires a payload");
    private static readonly DiagnosticDescriptor s_udpHex = FindingKind.Warning("udp-hex", "Invalid hex string for UDP_CHECK {0}");
    private static readonly DiagnosticDescriptor s_bfdNames = FindingKind.Warning("bfd-check-names", "({0}) BFD_CHECK - No or too many names specified - skipping checker");
    private static readonly DiagnosticDescriptor s_bfdUnknown = FindingKind.Warning("bfd-check-unknown", "({0}) BFD_CHECK - BFD {1} not configured");
    private static readonly DiagnosticDescriptor s_bfdTwice = FindingKind.Warning("bfd-check-twice", "({0}) BFD_CHECK - RS already monitoring {1}");
    private static readonly DiagnosticDescriptor s_bfdMissing = FindingKind.Warning("bfd-check-missing", "({0}) No name has been specified for BFD_CHECKER - skipping");
    private static readonly DiagnosticDescriptor s_fileUnknown = FindingKind.Warning("file-check-unknown", "track_file {0} not found");
    private static readonly DiagnosticDescriptor s_fileMissing = FindingKind.Warning("file-check-missing", "FILE_CHECK has no track_file specified - ignoring");
    private static readonly DiagnosticDescriptor s_fileNoWeight = FindingKind.Warning("file-check-weight-missing", "track file weight missing");
    private static readonly DiagnosticDescriptor s_fileWeight = FindingKind.Warning("file-check-weight", "weight for track file must be in [-2147483647..2147483647] inclusive. Ignoring...");
    private static readonly DiagnosticDescriptor s_fileOption = FindingKind.Warning("file-check-option", "unknown track file weight option {0} - ignoring");

    private static KeywordTable Smtp(KeywordTable table) => table
        .Accepted("helo_name", GlobalKeywords.NoIpvs, s =>
        {
            if (s.Word(1) is { } name)
            {
                Set(s, c => c with { HostName = name });
            }
            else
            {
                s.Report(s_noHelo);
            }
        })
        .Block("host", Connection(new KeywordTable(table.Path + " > host")),
            s => s.Document.Checkers.Host = new CheckSyntax(CheckerKind.Smtp, s.At),
            document =>
            {
                document.Checkers.Check!.Hosts.Add(document.Checkers.Host!);
                document.Checkers.Host = null;
            },
            KeywordStatus.Accepted, GlobalKeywords.NoIpvs);

    private static KeywordTable Dns(KeywordTable table) => table
        .Accepted("type", GlobalKeywords.NoIpvs, s =>
        {
            if (!s.Need(out var word))
            {
                return;
            }

            if (word.ToUpperInvariant() is var type && type is "A" or "NS" or "CNAME" or "SOA" or "MX" or "TXT" or "AAAA")
            {
                Set(s, c => c with { DnsType = type });
            }
            else
            {
                s.Report(s_dnsType, word);
            }
        })
        .Accepted("name", GlobalKeywords.NoIpvs, DnsName);

    private static void DnsName(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        if (Of(s).HasDnsName)
        {
            s.Report(s_dnsTwice);
            return;
        }

        if (name.Length > 255)
        {
            s.Report(s_dnsName, name, "too long");
            return;
        }

        if (name is not ("." or "") && HasEmptyLabel(name))
        {
            s.Report(s_dnsName, name, "has empty label");
            return;
        }

        Of(s).HasDnsName = true;
        Set(s, c => c with { DnsName = name });
    }

    // The original counts a label of one letter as empty, too, unless it is the last.
    private static bool HasEmptyLabel(string name)
    {
        var labels = name.Split('.');
        return labels[^1].Length == 0 || labels[..^1].Any(l => l.Length < 2);
    }

    private static KeywordTable Udp(KeywordTable table) => table
        .Accepted("payload", GlobalKeywords.NoIpvs, Payload)
        .Accepted("require_reply", GlobalKeywords.NoIpvs, Reply)
        .Accepted("min_reply_length", GlobalKeywords.NoIpvs, s => Length(s, "min", (c, v) => c with { MinReplyLength = v }))
        .Accepted("max_reply_length", GlobalKeywords.NoIpvs, s => Length(s, "max", (c, v) => c with { MaxReplyLength = v }));

    private static void Payload(Statement s)
    {
        if (s.Count < 2)
        {
            s.Report(s_udpNoPayload);
        }
        else if (Hexadecimal(s, wild: false) is { } digits)
        {
            Set(s, c => c with { Payload = ValueList.Create<byte>(Convert.FromHexString(digits)) });
        }
        else
        {
            s.Report(s_udpHex, "payload");
        }
    }

    private static void Reply(Statement s)
    {
        Set(s, c => c with { RequiresReply = true });
        if (s.Count < 2)
        {
            return;
        }

        if (Hexadecimal(s, wild: true) is { } digits)
        {
            Set(s, c => c with { Reply = digits });
        }
        else
        {
            s.Report(s_udpHex, "reply");
        }
    }

    // "Ab12f 3 456" is AB 12 0F 03 45 06: each word in pairs, the last alone.
    private static string? Hexadecimal(Statement s, bool wild)
    {
        var digits = new System.Text.StringBuilder();
        foreach (var word in s.Words.Skip(1).SelectMany(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            foreach (var c in word)
            {
                if (!char.IsAsciiHexDigit(c) && !(wild && c is 'x' or 'X'))
                {
                    return null;
                }
            }

            digits.Append(word.Length % 2 == 0 ? word : word[..^1] + "0" + word[^1]);
        }

        return digits.ToString();
    }

    private static void Length(Statement s, string which, Func<CheckerConfig, int, CheckerConfig> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, 65535, out var length))
        {
            Set(s, c => change(c, (int)length));
        }
        else
        {
            s.Report(s_udpLength, which, word);
        }
    }

    private static void CloseUdp(Document document)
    {
        var config = document.Checkers.Check!.Config;
        if (config.MinReplyLength > config.MaxReplyLength)
        {
            document.Sink.Add(s_udpNever, document.Lines!.At, false,
                config.MinReplyLength.ToString(CultureInfo.InvariantCulture), config.MaxReplyLength.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static KeywordTable Bfd(KeywordTable table) => table
        .Accepted("alpha", GlobalKeywords.NoIpvs, s => Switch(s, (c, on) => c with { Alpha = on }))
        .Accepted("name", GlobalKeywords.NoIpvs, BfdName);

    private static void BfdName(Statement s)
    {
        var checkers = s.Document.Checkers;
        var check = Of(s);
        var title = checkers.Real!.Title(checkers.Server!);
        if (check.Failed)
        {
            return;
        }

        check.HasName = true;
        if (s.Count != 2)
        {
            s.Report(s_bfdNames, title);
            check.Failed = true;
        }
        else if (s.Document.Bfd.Instances.Find(b => b.Name == s.Words[1]) is not { } bfd)
        {
            s.Report(s_bfdUnknown, title, s.Words[1]);
            check.Failed = true;
        }
        else if (checkers.Real.Checks.Exists(c => c.Config.Bfd?.Name == bfd.Name) || check.Config.Bfd?.Name == bfd.Name)
        {
            s.Report(s_bfdTwice, title, bfd.Name);
            check.Failed = true;
        }
        else
        {
            check.Config = check.Config with { Bfd = bfd.Config };
        }
    }

    private static void CloseBfd(Document document)
    {
        var check = document.Checkers.Check!;
        if (!check.HasName)
        {
            document.Sink.Add(s_bfdMissing, document.Lines!.At, false, document.Checkers.Real!.Title(document.Checkers.Server!));
            check.Failed = true;
        }
    }

    private static KeywordTable File(KeywordTable table) => table
        .Accepted("track_file", GlobalKeywords.NoIpvs, TrackFile)
        .Accepted("weight", GlobalKeywords.NoIpvs, FileWeight);

    private static void TrackFile(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        if (s.Document.Checkers.Files.Find(name) is not { } file)
        {
            s.Report(s_fileUnknown, name);
            return;
        }

        Of(s).HasName = true;
        Set(s, c => c with
        {
            File = new Runtime.Ir.Vrrp.TrackFileConfig { Name = file.Name, Path = file.Path!, Weight = file.Weight, Reverse = file.Reverse, InitialValue = file.Initial, Overwrite = file.Overwrite, At = file.At },
        });
    }

    private static void FileWeight(Statement s)
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(s_fileNoWeight);
            return;
        }

        if (!s.Integer(word, -int.MaxValue, int.MaxValue, out var weight))
        {
            s.Report(s_fileWeight);
            return;
        }

        Set(s, c => c with { FileWeight = weight, FileReverse = s.Word(2) == "reverse" });
        if (s.Word(2) is { } option and not "reverse")
        {
            s.Report(s_fileOption, option);
        }
    }

    private static void CloseFile(Document document)
    {
        var check = document.Checkers.Check!;
        if (!check.HasName)
        {
            document.Sink.Add(s_fileMissing, document.Lines!.At, false);
            check.Failed = true;
        }
    }
}
