using System.Buffers;
using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>The request of an HTTP check, byte for byte as the original sends it (fixtures/health/http.txt).</summary>
internal static class HttpCheckRequest
{
    internal static byte[] Build(HttpSendStep step, bool sendState, CheckRun run)
    {
        var expressions = run.Expressions;
        var version = VersionOf(step.Version, out var isVersion11);
        var uri = step.Uri is null ? "/" : expressions.Text(step.Uri, run.Subject);
        var body = new ArrayBufferWriter<byte>();
        if (step.Body is not null)
        {
            expressions.Write(step.Body, run.Subject, body);
        }

        var fields = new StringBuilder();
        string? connection = null;
        var connectionAt = 0;
        foreach (var header in step.Headers)
        {
            var name = header.Name.ToLowerInvariant();
            var value = expressions.Text(header.Value, run.Subject);
            // The length is made from the body; a value that is empty is not sent.
            if (value.Length == 0 || name is "content-length" or "transfer-encoding")
            {
                continue;
            }

            if (name == "connection")
            {
                connection = value;
                connectionAt = fields.Length;
                continue;
            }

            if (name == "host")
            {
                uri = WithAuthority(uri, value);
            }

            fields.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        var closes = isVersion11;
        if (connection is not null)
        {
            var keeps = connection.Equals("keep-alive", StringComparison.OrdinalIgnoreCase);
            var ends = connection.Equals("close", StringComparison.OrdinalIgnoreCase);
            closes = isVersion11 && ends;
            // What is the version's own manner need not be said.
            if (!ends && !(keeps && isVersion11))
            {
                fields.Insert(connectionAt, "connection: " + connection + "\r\n");
            }
        }

        return Assemble(step, run, sendState, $"{step.Method} {uri} {version}\r\n{fields}", closes, body);
    }

    /// <summary>"UP 2/3; address=127.0.0.1; port=80; name=be/s; node=lb1; weight=1/2; scur=13/22; qcur=0"</summary>
    internal static string StateOf(ServerState server, string node)
    {
        var counter = server.Health.Check?.Counter ?? default;
        var (have, of) = counter.Progress;
        var word = server.Operational switch
        {
            OperationalState.Stopped => "DOWN",
            OperationalState.Stopping => "NOLB",
            _ => "UP",
        };
        if (!counter.IsSettled)
        {
            word = string.Create(CultureInfo.InvariantCulture, $"{word} {have}/{of}");
        }

        var isUnix = server.Address.Family == Sys.Sockets.SocketFamily.Unix;
        var address = isUnix ? "unix" : server.Address.ToIPAddress()?.ToString() ?? "";
        var port = isUnix ? "unix" : server.Address.Port.ToString(CultureInfo.InvariantCulture);
        var backend = server.Backend;
        var total = backend.Balancer is { } balancer ? (balancer.ActiveCount > 0 ? balancer.ActiveWeight : balancer.BackupWeight) : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{word}; address={address}; port={port}; name={server}; node={node}; weight={Whole(server.EffectiveWeight)}/{Whole(total)}; scur={server.Sessions.Value}/{backend.Sessions.Value}; qcur={server.Queue.Count}");
    }

    private static byte[] Assemble(HttpSendStep step, CheckRun run, bool sendState, string lines, bool closes, ArrayBufferWriter<byte> body)
    {
        var head = new StringBuilder(lines);
        if (sendState)
        {
            head.Append("x-haproxy-server-state: ").Append(StateOf(run.Server, run.Node)).Append("\r\n");
        }

        if (step.Body is not null || step.Method is not ("GET" or "HEAD" or "OPTIONS" or "DELETE"))
        {
            head.Append(CultureInfo.InvariantCulture, $"content-length: {body.WrittenCount}\r\n");
        }

        if (closes)
        {
            head.Append("connection: close\r\n");
        }

        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body.WrittenSpan];
    }

    // A version that HTTP/1 has no word for is spoken as 1.1.
    private static string VersionOf(string written, out bool isVersion11)
    {
        isVersion11 = written.Length == 8 && written.StartsWith("HTTP/", StringComparison.Ordinal)
            && (written[5] > '1' || (written[5] == '1' && written[7] >= '1'));
        return isVersion11 ? "HTTP/1.1" : written;
    }

    private static string WithAuthority(string uri, string host)
    {
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || uri.StartsWith('/'))
        {
            return uri;
        }

        var path = uri.IndexOf('/', scheme + 3);
        return string.Concat(uri.AsSpan(0, scheme + 3), host, path < 0 ? "" : uri.AsSpan(path));
    }

    private static int Whole(int scaled) => (scaled + Balancer.WeightScale - 1) / Balancer.WeightScale;
}
