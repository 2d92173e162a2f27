using System.Globalization;
using System.Text;
using Dropin.Compat.Haproxy.Cli.Commands;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The statistics page of one section (configuration manual 4.2, <c>stats …</c>).</summary>
internal sealed class StatsPage : StreamService
{
    private const string DefaultRealm = "HAProxy Statistics";

    private readonly AdminContext _context;
    private readonly ProxyState _proxy;
    private readonly StatsConfig _config;
    private readonly byte[] _uri;
    private readonly List<(byte[] Name, byte[] Password)> _users;

    private StatsPage(AdminContext context, ProxyState proxy, StatsConfig config)
    {
        (_context, _proxy, _config) = (context, proxy, config);
        _uri = Encoding.Latin1.GetBytes(config.Uri);
        _users = config.Users.Select(user => (Encoding.Latin1.GetBytes(user.Name), Encoding.Latin1.GetBytes(user.Password))).ToList();
    }

    /// <summary>Gives every section its page that asks for one.</summary>
    internal static void Install(AdminContext context)
    {
        foreach (var proxy in context.Engine.Proxies)
        {
            if (proxy.Config is { Stats: { } config, Mode: ProxyMode.Http })
                proxy.Service = new StatsPage(context, proxy, config);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Name => "<STATS>"u8;

    /// <inheritdoc/>
    public override bool Wants(HttpStream stream) =>
        stream.Request.KnownMethod is KnownMethod.Get or KnownMethod.Head or KnownMethod.Post && stream.Request.Span(stream.Request.Uri).StartsWith(_uri);

    /// <inheritdoc/>
    public override bool NeedsBody(HttpStream stream) => stream.Request.KnownMethod == KnownMethod.Post;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Answer(HttpStream stream, ReadOnlySpan<byte> body)
    {
        var loop = stream.Thread.Loop;
        stream.Log.ResponseMicroseconds = loop.NowMicroseconds;
        var request = StatsRequest.Of(stream.Request.Span(stream.Request.Uri), _uri.Length);
        if (NeedsBody(stream))
        {
            var outcome = !IsAdmin(stream) ? StatsOutcome.Denied
                : !stream.Session.End.HasWholeBody ? StatsOutcome.Exceeded
                : StatsForm.Submit(body, _context, loop.WallMicroseconds);
            return Redirect(request, outcome);
        }
        return Page(stream, request);
    }

    /// <inheritdoc/>
    public override bool Refuses(HttpStream stream, out ReadOnlyMemory<byte> answer)
    {
        if (_proxy.Backend is { } backend)
            backend.LastSessionSeconds = stream.Thread.Loop.WallMicroseconds / 1_000_000;
        var refusal = Refuse(stream);
        answer = refusal.GetValueOrDefault();
        return refusal is not null;
    }

    private ReadOnlyMemory<byte>? Refuse(HttpStream stream)
    {
        if (_config.HttpRequest.Count > 0)
        {
            var place = 0;
            var verdict = _proxy.Rules.StatsRequest.Run(stream.Subject, ref place);
            switch (verdict.Outcome)
            {
                case RuleOutcome.Deny or RuleOutcome.Tarpit or RuleOutcome.Reject:
                    stream.Log.End(TerminationCause.Proxy, TerminationPhase.Request);
                    return Error(stream, stream.Subject.Answer.Status, default);
                case RuleOutcome.Answer:
                    return Error(stream, stream.Subject.Answer.Status, stream.Subject.Answer.Challenge.Span);
                default:
                    return null;
            }
        }
        if (_users.Count == 0 || IsKnownUser(stream))
            return null;
        return Error(stream, stream.Subject.IsProxyRequest ? 407 : 401, Encoding.Latin1.GetBytes($"Basic realm=\"{_config.Realm ?? DefaultRealm}\""));
    }

    /// <summary>An error page of the section, with the challenge of an authentication.</summary>
    private ReadOnlyMemory<byte> Error(HttpStream stream, int status, ReadOnlySpan<byte> challenge)
    {
        var page = _proxy.Answers.Of(status);
        if (challenge.IsEmpty)
            return page;
        var headEnd = page.Span.IndexOf("\r\n\r\n"u8) + 2;
        var name = status == 407 ? "proxy-authenticate: "u8 : "www-authenticate: "u8;
        byte[] message = [.. page.Span[..headEnd], .. name, .. challenge, .. "\r\n"u8, .. page.Span[headEnd..]];
        return message;
    }

    private bool IsKnownUser(HttpStream stream)
    {
        var mark = stream.Subject.Scratch.Mark();
        var isKnown = BasicCredentials.TryRead(stream.Subject, out var name, out var password) && IsKnownUser(name, password);
        stream.Subject.Scratch.Release(mark);
        return isKnown;
    }

    private bool IsKnownUser(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password)
    {
        foreach (var user in _users)
        {
            if (name.SequenceEqual(user.Name) && password.SequenceEqual(user.Password))
                return true;
        }
        return false;
    }

    private bool IsAdmin(HttpStream stream)
    {
        foreach (var condition in _proxy.Rules.StatsAdmin)
        {
            if (condition.Holds(stream.Subject))
                return true;
        }
        return false;
    }

    private byte[] Redirect(StatsRequest request, StatsOutcome outcome)
    {
        var scope = request.Scope.Length > 0 ? "?scope=" + request.Scope : "";
        return Encoding.Latin1.GetBytes("HTTP/1.1 303 See Other\r\ncache-control: no-cache\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n"
            + $"location: {_config.Uri};st={StatsRequest.CodeOf(outcome)}{(request.HideDown ? ";up" : "")}{(request.NoRefresh ? ";norefresh" : "")}{scope}\r\n\r\n");
    }

    private byte[] Page(HttpStream stream, StatsRequest request)
    {
        var into = new StringBuilder("HTTP/1.1 200 OK\r\ncache-control: no-cache\r\ncontent-type: ").Append(request.View switch
        {
            StatsView.Html => "text/html",
            StatsView.Json or StatsView.Schema => "application/json",
            _ => "text/plain",
        }).Append("\r\n");
        if (_config.RefreshSeconds > 0 && !request.NoRefresh)
            into.Append(CultureInfo.InvariantCulture, $"refresh: {_config.RefreshSeconds}\r\n");
        if (stream.Request.KnownMethod == KnownMethod.Head)
            return Encoding.Latin1.GetBytes(into.Append("\r\n").ToString());
        into.Append("transfer-encoding: chunked\r\n\r\n");
        var loop = stream.Thread.Loop;
        var query = new StatQuery
        {
            HideDown = request.HideDown,
            HideMaintenance = request.HideMaintenance,
            ShowsLegends = _config.ShowLegends,
            Accepts = proxy => IsInScope(proxy, request.Scope),
        };
        switch (request.View)
        {
            case StatsView.Html:
                var info = ProcessInfo.Take(_context, loop.NowMilliseconds, loop.NowMicroseconds);
                var collector = new StatCollector(_context, query, loop.NowMilliseconds, loop.WallMicroseconds);
                into.Append(HtmlPage.Write(_context, _config, request, collector, info, IsAdmin(stream)));
                break;
            case StatsView.Schema:
                into.Append(StatSchema.Json).Append('\n');
                break;
            default:
                var form = request.View switch { StatsView.Json => StatForm.Json, StatsView.Typed => StatForm.Typed, _ => StatForm.Csv };
                ShowStat.Write(_context, query, form, meaning: false, loop.NowMilliseconds, loop.WallMicroseconds, into);
                break;
        }
        return Encoding.Latin1.GetBytes(into.ToString());
    }

    /// <summary>Whether the file (<c>stats scope</c>) and the browser want to see a section.</summary>
    private bool IsInScope(ProxyState proxy, string scope)
    {
        if (scope.Length > 0 && !proxy.Name.Contains(scope, StringComparison.Ordinal))
            return false;
        if (_config.Scope.Count == 0)
            return true;
        foreach (var name in _config.Scope)
        {
            if (name == "." ? ReferenceEquals(proxy, _proxy) : proxy.Name == name)
                return true;
        }
        return false;
    }
}
