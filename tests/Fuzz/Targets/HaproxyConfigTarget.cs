using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Compat.Haproxy;
using Dropin.Parsers.Haproxy;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Sys.Pcre2;
using Dropin.Tests.Support;

namespace Dropin.Fuzz.Targets;

/// <summary>
/// A whole haproxy.cfg, from its bytes to the configuration. Whatever the bytes: no exception, an end in time, a configuration or an error that
/// says why there is none, and each finding makes a text. Files and names of other machines are out of reach here.
/// </summary>
internal sealed class HaproxyConfigTarget : Target
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly Dictionary<string, string> s_noVariables = [];

    private static readonly string[] Tokens =
    [
        "\nglobal\n", "\ndefaults\n", "\ndefaults a from b\n", "\nfrontend f\n", "\nbackend b\n", "\nlisten l\n", "\nuserlist u\n", "\nhttp-errors e\n", "\nring r\n", "\npeers p\n",
        "\nresolvers r\n", "\nmailers m\n", "\ncache c\n", "\nprogram p\n", "\n.if 1\n", "\n.elif defined(X)\n", "\n.else\n", "\n.endif\n", "\nno ", "\ndefault ",
        "\n bind :80", "\n bind :80-90 ssl crt x", "\n server s 127.0.0.1:80 check inter 1s", "\n server-template s 1-3 h:80", "\n acl a path_beg /x", " if { path / } or !a",
        " unless { src 10.0.0.0/8 ::1 } { hdr(host) -m reg -i ^a(b|c)+$ }", "\n http-request deny deny_status 429", "\n http-request return status 200 lf-string \"%[path,lower]\" content-type x",
        "\n http-request set-header x %[req.hdr(y),map_str(/f,d)]", "\n http-response set-var(txn.x) str(a),concat(b,txn.y,c)", "\n tcp-request content reject", "\n tcp-check expect rstring (a)", "\n http-check send meth GET hdr a b",
        "\n use_backend %[req.hdr(host),lower] if TRUE", "\n log 127.0.0.1:514 len 80 local0 err", "\n log-format \"%ci %{+Q}r %[src]\"", "\n timeout client 99999999999h", "\n maxconn -1", "\n nbthread 99", "\n cpu-map auto:1/1-4 0-3",
        "\n stick-table type ip size 1m", "\n balance uri len 3", "\n cookie c insert indirect", "\n errorfile 503 /dev/null", "\n redirect scheme https code 301", "\n capture request header h len 9", "\n stats uri /s",
        "%[", "%{+", "{", "}", "\"", "'", "\\", "#", "$", "${X}", "\0", "\x80", " ", "\t", "\r\n", "-1", "0", "4294967296", "99999999999999999999", "1.5", "us", "k", "*", ":", "::", "@", "/", ",", "(", ")",
    ];

    public override string Name => "haproxy-config";

    public override IEnumerable<byte[]> Seeds => Repository.Files("fixtures/haproxy").Concat(Repository.Files("fixtures/differential")).Concat(Repository.Files("packaging"))
        .Where(f => f.EndsWith(".cfg", StringComparison.Ordinal)).Select(f => File.ReadAllBytes(Repository.PathOf(f)))
        .Concat(Repository.Files("fixtures/differential").Where(f => f.EndsWith(".case", StringComparison.Ordinal)).SelectMany(f => Configurations(File.ReadAllLines(Repository.PathOf(f), Encoding.Latin1))))
        .Where(text => text.Length < Limit);

    public override IReadOnlyList<byte[]> Words { get; } = [.. Tokens.Select(Encoding.Latin1.GetBytes)];

    public override void Check(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        ExpressionServices.Regex = CheckRegex;
        var clock = Stopwatch.StartNew();
        var result = HaproxyConfigLoader.Load(["fuzz.cfg"], new LoadOptions { Surroundings = new EmptyMachine(), Environment = s_noVariables, ReadFile = _ => bytes });
        foreach (var diagnostic in result.Diagnostics)
            if (DiagnosticText.Of(diagnostic).Length == 0) throw new InvalidOperationException("a finding without a text");
        if (result.Config is null && !result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Alert)) throw new InvalidOperationException("no configuration, and no alert says why");
        // Milliseconds are usual; a busy machine may pause.
        if (clock.Elapsed > Longest) throw new InvalidOperationException($"took {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static string? CheckRegex(string pattern, bool ignoreCase, out int offset)
    {
        _ = CompiledRegex.TryCompile(Encoding.Latin1.GetBytes(pattern), ignoreCase, out var error, out offset);
        return error;
    }

    /// <summary>A machine of nobody and nothing.</summary>
    private sealed class EmptyMachine : ISurroundings
    {
        public string HostName => "node1";

        public int Processors => 2;

        public (uint Uid, uint Gid)? FindUser(string name) => null;

        public uint? FindGroup(string name) => null;

        public IPAddress? Resolve(string name, AddressFamily? family) => null;

        public byte[]? ReadFile(string path, out string reason)
        {
            reason = "No such file or directory";
            return null;
        }

        public string? DescriptorProblem(int descriptor) => "Bad file descriptor";

        public bool Exists(string path) => false;
    }

    // The 'config' sections of a differential case, its placeholders as ports.
    private static IEnumerable<byte[]> Configurations(string[] lines)
    {
        var text = new StringBuilder();
        var inside = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
                inside = line.StartsWith("== config", StringComparison.Ordinal);
            else if (inside)
                text.Append(line.Replace("{{dir}}", "/none", StringComparison.Ordinal).Replace("{{", "1", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal)).Append('\n');
        }
        if (text.Length > 0) yield return Encoding.Latin1.GetBytes(text.ToString());
    }
}
