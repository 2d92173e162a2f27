using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Makes live fetches of the IR's.</summary>
internal static class FetchCompiler
{
    /// <summary>Makes a fetch.</summary>
    public static SampleFetch Compile(FetchCall call, RuleEnvironment environment)
    {
        var arguments = call.Arguments;
        switch (call.Kind)
        {
            case FetchKind.AlwaysTrue:
                return new ConstantFetch(SampleType.Bool, 1, []);
            case FetchKind.AlwaysFalse:
                return new ConstantFetch(SampleType.Bool, 0, []);
            case FetchKind.ConstantBool:
                return new ConstantFetch(SampleType.Bool, Number(arguments, 0, 0), []);
            case FetchKind.ConstantInteger:
                return new ConstantFetch(SampleType.Integer, Number(arguments, 0, 0), []);
            case FetchKind.ConstantText:
                return new ConstantFetch(SampleType.Text, 0, Text(arguments, 0));
            case FetchKind.ConstantBinary:
                return new ConstantFetch(SampleType.Binary, 0, Text(arguments, 0));
            case FetchKind.ConstantMethod:
                return new ConstantFetch(SampleType.Method, 0, Text(arguments, 0));
            case FetchKind.ConstantAddress:
                var address = ((AddressArgument)arguments[0]).Value.GetAddressBytes();
                return new ConstantFetch(address.Length == 4 ? SampleType.IPv4 : SampleType.IPv6, 0, address);
            case FetchKind.HostName:
                return new ConstantFetch(SampleType.Text, 0, environment.HostName);
            case FetchKind.ProcessCount or FetchKind.ProcessNumber:
                return new ConstantFetch(SampleType.Integer, 1, []);
            case FetchKind.Variable:
                return new VariableFetch(
                    environment.Variables.SlotOf(((VariableArgument)arguments[0]).Name), arguments.Count > 1 ? Text(arguments, 1) : null);
            case FetchKind.Date:
                return Date(Number(arguments, 0, 0), Text(arguments, 1));
            case FetchKind.Random:
                var range = (uint)Number(arguments, 0, 0);
                return new PlainFetch((RuleSubject s, ref Sample v) =>
                    v.SetInteger(range == 0 ? s.NextRandom() : (long)((ulong)s.NextRandom() * range >> 32)));
        }

        return Header(call.Kind, arguments) ?? Body(call.Kind, arguments) ?? State(call.Kind, arguments, environment)
            ?? Plain(call.Kind) ?? new PlainFetch((RuleSubject s, ref Sample v) => s.TryGetTls(call.Kind, ref v));
    }

    /// <summary>The text of an argument; empty where it is none.</summary>
    internal static byte[] Text(ValueList<ExpressionArgument> arguments, int index) =>
        index < arguments.Count && arguments[index] is TextArgument text ? Encoding.Latin1.GetBytes(text.Value) : [];

    /// <summary>The number of an argument.</summary>
    internal static long Number(ValueList<ExpressionArgument> arguments, int index, long fallback) =>
        index < arguments.Count && arguments[index] is NumberArgument number ? number.Value : fallback;

    private static SampleFetch? Header(FetchKind kind, ValueList<ExpressionArgument> arguments)
    {
        var name = Text(arguments, 0);
        var occurrence = (int)Number(arguments, 1, 0);
        return kind switch
        {
            FetchKind.RequestHeader => new HeaderFetch(name, occurrence, full: false, response: false),
            FetchKind.ResponseHeader => new HeaderFetch(name, occurrence, full: false, response: true),
            FetchKind.RequestFullHeader => new HeaderFetch(name, occurrence, full: true, response: false),
            FetchKind.ResponseFullHeader => new HeaderFetch(name, occurrence, full: true, response: true),
            FetchKind.RequestHeaderAddress => new HeaderAddressFetch(name, occurrence, response: false),
            FetchKind.ResponseHeaderAddress => new HeaderAddressFetch(name, occurrence, response: true),
            FetchKind.RequestHeaderValue => new HeaderNumberFetch(name, occurrence, response: false),
            FetchKind.ResponseHeaderValue => new HeaderNumberFetch(name, occurrence, response: true),
            FetchKind.RequestHeaderCount => new HeaderCountFetch(name, full: false, response: false),
            FetchKind.ResponseHeaderCount => new HeaderCountFetch(name, full: false, response: true),
            FetchKind.RequestFullHeaderCount => new HeaderCountFetch(name, full: true, response: false),
            FetchKind.ResponseFullHeaderCount => new HeaderCountFetch(name, full: true, response: true),
            FetchKind.RequestHeaderNames => new HeaderNamesFetch(name.Length > 0 ? name[0] : (byte)',', response: false),
            FetchKind.ResponseHeaderNames => new HeaderNamesFetch(name.Length > 0 ? name[0] : (byte)',', response: true),
            FetchKind.RequestHeaders => new AllHeadersFetch(binary: false, response: false),
            FetchKind.ResponseHeaders => new AllHeadersFetch(binary: false, response: true),
            FetchKind.RequestHeadersBinary => new AllHeadersFetch(binary: true, response: false),
            FetchKind.ResponseHeadersBinary => new AllHeadersFetch(binary: true, response: true),
            FetchKind.RequestCookie => new CookieFetch(name, response: false, number: false),
            FetchKind.ResponseCookie => new CookieFetch(name, response: true, number: false),
            FetchKind.RequestCookieValue => new CookieFetch(name, response: false, number: true),
            FetchKind.ResponseCookieValue => new CookieFetch(name, response: true, number: true),
            FetchKind.RequestCookieCount => new CookieCountFetch(name, response: false),
            FetchKind.ResponseCookieCount => new CookieCountFetch(name, response: true),
            FetchKind.UrlParameter => Parameter(arguments, number: false),
            FetchKind.UrlParameterValue => Parameter(arguments, number: true),
            FetchKind.RequestBodyParameter => new UrlParameterFetch(name, (byte)'?', Text(arguments, 1) is [(byte)'i', ..], body: true, number: false),
            FetchKind.BearerToken => new PlainFetch((RuleSubject s, ref Sample v) => AuthFetches.Bearer(s, name, ref v)),
            _ => null,
        };
    }

    private static UrlParameterFetch Parameter(ValueList<ExpressionArgument> arguments, bool number)
    {
        var delimiter = Text(arguments, 1);
        var flags = Text(arguments, 2);
        return new UrlParameterFetch(
            Text(arguments, 0), delimiter.Length > 0 ? delimiter[0] : (byte)'?', flags.Length > 0 && flags[0] == 'i', body: false, number);
    }

    private static SampleFetch? Body(FetchKind kind, ValueList<ExpressionArgument> arguments)
    {
        var first = (int)Number(arguments, 0, 0);
        var second = (int)Number(arguments, 1, 0);
        var text = Text(arguments, 2);
        var relative = text.Length > 0 && text[0] is (byte)'+' or (byte)'-';
        int? offset = text.Length > 0 ? (int)SampleCasts.ReadInteger(text) : null;
        return kind switch
        {
            FetchKind.RequestBody => new PlainFetch((RuleSubject s, ref Sample v) => s.Request is not null && v.SetBinary(s.RequestBody)),
            FetchKind.ResponseBody => new PlainFetch((RuleSubject s, ref Sample v) => s.Response is not null && v.SetBinary(s.ResponseBody)),
            FetchKind.RequestBodyLength => new PlainFetch((RuleSubject s, ref Sample v) => s.Request is not null && v.SetInteger(s.RequestBody.Length)),
            FetchKind.ResponseBodyLength => new PlainFetch((RuleSubject s, ref Sample v) => s.Response is not null && v.SetInteger(s.ResponseBody.Length)),
            FetchKind.RequestBodySize => new PlainFetch((RuleSubject s, ref Sample v) => s.Request is { } head && v.SetInteger(
                head.Framing == Protocols.Http.BodyFraming.Length ? head.ContentLength : s.RequestBody.Length)),
            FetchKind.ResponseBodySize => new PlainFetch((RuleSubject s, ref Sample v) => s.Response is { } head && v.SetInteger(
                head.Framing == Protocols.Http.BodyFraming.Length ? head.ContentLength : s.ResponseBody.Length)),
            FetchKind.RequestPayload => new PlainFetch((RuleSubject s, ref Sample v) => BufferFetches.Payload(s, Request(s), first, second, ref v)),
            FetchKind.ResponsePayload => new PlainFetch((RuleSubject s, ref Sample v) => BufferFetches.Payload(s, Response(s), first, second, ref v)),
            FetchKind.RequestPayloadByLength => new PlainFetch((RuleSubject s, ref Sample v) =>
                BufferFetches.PayloadByLength(s, Request(s), first, second, offset, relative, ref v)),
            FetchKind.ResponsePayloadByLength => new PlainFetch((RuleSubject s, ref Sample v) =>
                BufferFetches.PayloadByLength(s, Response(s), first, second, offset, relative, ref v)),
            FetchKind.RdpCookie => new RdpCookieFetch(Text(arguments, 0), count: false),
            FetchKind.RdpCookieCount => new RdpCookieFetch(Text(arguments, 0), count: true),
            FetchKind.CapturedRequestHeader => new PlainFetch((RuleSubject s, ref Sample v) =>
                s.RequestCaptures.Has(first) && v.SetText(s.RequestCaptures[first])),
            FetchKind.CapturedResponseHeader => new PlainFetch((RuleSubject s, ref Sample v) =>
                s.ResponseCaptures.Has(first) && v.SetText(s.ResponseCaptures[first])),
            _ => null,
        };

        static ReadOnlySpan<byte> Request(RuleSubject subject) => subject.Request is null ? subject.RequestBuffer : subject.RequestBody;
        static ReadOnlySpan<byte> Response(RuleSubject subject) => subject.Response is null ? subject.ResponseBuffer : subject.ResponseBody;
    }

    private static SampleFetch? State(FetchKind kind, ValueList<ExpressionArgument> arguments, RuleEnvironment environment)
    {
        switch (arguments.Count > 0 ? arguments[0] : null)
        {
            case UserListArgument users:
                var list = environment.UserLists[users.Name];
                return kind == FetchKind.Authorized ? new AuthorizedFetch(list) : new AuthorizedGroupFetch(list);
            case BackendArgument name:
                var backend = environment.Backend(name.Name)!.Backend!;
                return kind switch
                {
                    FetchKind.BackendAverageQueue => new StateFetch<BackendState>(backend, static (b, _) => ProxyFetches.AverageQueue(b)),
                    FetchKind.BackendConnections => new StateFetch<BackendState>(backend, static (b, _) => b.Sessions.Value),
                    FetchKind.BackendFreeConnections => new StateFetch<BackendState>(backend, static (b, _) => ProxyFetches.FreePlaces(b, queues: false)),
                    FetchKind.BackendConnectionSlots => new StateFetch<BackendState>(backend, static (b, _) => ProxyFetches.FreePlaces(b, queues: true)),
                    FetchKind.BackendSessionRate => new StateFetch<BackendState>(backend, static (b, s) => b.SessionRate.Read(s.NowMilliseconds)),
                    FetchKind.BackendQueue => new StateFetch<BackendState>(backend, static (b, _) => ProxyFetches.Queue(b)),
                    _ => new StateFetch<BackendState>(backend, static (b, _) => ProxyFetches.UsableServers(b)),
                };
            case FrontendArgument name:
                var frontend = environment.FrontendOf(name.Name)!.Frontend!;
                return kind switch
                {
                    FetchKind.FrontendConnections => new StateFetch<FrontendState>(frontend, static (f, _) => f.Sessions.Value),
                    FetchKind.FrontendRequestRate => new StateFetch<FrontendState>(frontend, static (f, s) => f.RequestRate.Read(s.NowMilliseconds)),
                    _ => new StateFetch<FrontendState>(frontend, static (f, s) => f.SessionRate.Read(s.NowMilliseconds)),
                };
            case ServerArgument name:
                return Server(kind, environment.Server(name.Backend, name.Server)!);
            default:
                return null;
        }
    }

    private static StateFetch<ServerState> Server(FetchKind kind, ServerState server) => kind switch
    {
        FetchKind.ServerConnections => new(server, static (s, _) => s.Sessions.Value),
        FetchKind.ServerFreeConnections => new(server, static (s, _) => s.MaxConnections == 0 ? -1 : Math.Max(0, s.MaxConnections - s.Sessions.Value)),
        FetchKind.ServerIsUp => new(server, static (s, _) => ProxyFetches.IsUp(s) ? 1 : 0, isBool: true),
        FetchKind.ServerInitialWeight => new(server, static (s, _) => s.InitialWeight),
        FetchKind.ServerUserWeight => new(server, static (s, _) => s.UserWeight),
        FetchKind.ServerWeight => new(server, static (s, _) => (s.EffectiveWeight + Balancer.WeightScale - 1) / Balancer.WeightScale),
        FetchKind.ServerQueue => new(server, static (s, _) => s.Queued.Value),
        _ => new(server, static (s, subject) => s.SessionRate.Read(subject.NowMilliseconds)),
    };

    private static SampleFetch? Plain(FetchKind kind)
    {
        SampleGetter? getter = kind switch
        {
            FetchKind.Source => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.Source, ref v, s),
            FetchKind.SourcePort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.Source, ref v),
            FetchKind.SourceIsLocal => static (RuleSubject s, ref Sample v) => ConnectionFetches.IsLocal(s.Source, ref v),
            FetchKind.Destination => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.Destination, ref v, s),
            FetchKind.DestinationPort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.Destination, ref v),
            FetchKind.DestinationIsLocal => static (RuleSubject s, ref Sample v) => ConnectionFetches.IsLocal(s.Destination, ref v),
            FetchKind.ClientSource => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.ClientAddress, ref v, s),
            FetchKind.ClientSourcePort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.ClientAddress, ref v),
            FetchKind.ClientSourceIsLocal => static (RuleSubject s, ref Sample v) => ConnectionFetches.IsLocal(s.ClientAddress, ref v),
            FetchKind.ClientDestination => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.LocalAddress, ref v, s),
            FetchKind.ClientDestinationPort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.LocalAddress, ref v),
            FetchKind.ClientDestinationIsLocal => static (RuleSubject s, ref Sample v) => ConnectionFetches.IsLocal(s.LocalAddress, ref v),
            FetchKind.ServerConnectionSource => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.ServerLocalAddress, ref v, s),
            FetchKind.ServerConnectionSourcePort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.ServerLocalAddress, ref v),
            FetchKind.ServerConnectionDestination => static (RuleSubject s, ref Sample v) => ConnectionFetches.Address(s.ServerAddress, ref v, s),
            FetchKind.ServerConnectionDestinationPort => static (RuleSubject s, ref Sample v) => ConnectionFetches.Port(s.ServerAddress, ref v),
            FetchKind.ServerHttpMajor => static (RuleSubject s, ref Sample v) => s.Server is not null && v.SetInteger(1),
            FetchKind.ClientHttpMajor => static (RuleSubject s, ref Sample v) => v.SetInteger(s.ClientHttpMajor),
            FetchKind.ProxyHeaderReceived => static (RuleSubject s, ref Sample v) => v.SetBool(s.HasProxyHeader),
            FetchKind.ProxyHeaderAuthority => static (RuleSubject s, ref Sample v) => !s.ProxyAuthority.IsEmpty && v.SetText(s.ProxyAuthority),
            FetchKind.ProxyHeaderUniqueId => static (RuleSubject s, ref Sample v) => !s.ProxyUniqueId.IsEmpty && v.SetText(s.ProxyUniqueId),
            FetchKind.TlsClient => static (RuleSubject s, ref Sample v) => v.SetBool(s.IsTls),
            FetchKind.TlsClientIsResumed => static (RuleSubject s, ref Sample v) => s.TryGetTls(FetchKind.TlsClientIsResumed, ref v) || v.SetBool(false),
            FetchKind.TlsServer => static (RuleSubject s, ref Sample v) => s.TryGetTls(FetchKind.TlsServer, ref v) || v.SetBool(false),

            FetchKind.FrontendId => static (RuleSubject s, ref Sample v) => v.SetInteger(s.Frontend.Config.Id),
            FetchKind.FrontendName => static (RuleSubject s, ref Sample v) => v.SetText(Names.Of(s.Frontend)),
            FetchKind.FrontendDefaultBackend => static (RuleSubject s, ref Sample v) =>
                s.Frontend.Frontend?.DefaultBackend is { } backend && v.SetText(Names.Of(backend)),
            FetchKind.FrontendClientTimeout => static (RuleSubject s, ref Sample v) => v.SetInteger(ProxyFetches.Milliseconds(s.Frontend.Config.Timeouts.Client)),
            FetchKind.BackendId => static (RuleSubject s, ref Sample v) => v.SetInteger(s.BackendProxy.Config.Id),
            FetchKind.BackendName => static (RuleSubject s, ref Sample v) => v.SetText(Names.Of(s.BackendProxy)),
            FetchKind.BackendServerTimeout => static (RuleSubject s, ref Sample v) => v.SetInteger(ProxyFetches.Milliseconds(s.BackendProxy.Config.Timeouts.Server)),
            FetchKind.BackendTunnelTimeout => static (RuleSubject s, ref Sample v) => v.SetInteger(ProxyFetches.Milliseconds(s.BackendProxy.Config.Timeouts.Tunnel)),
            FetchKind.CurrentServerTimeout => static (RuleSubject s, ref Sample v) => v.SetInteger(
                s.ServerTimeout >= 0 ? s.ServerTimeout : ProxyFetches.Milliseconds(s.BackendProxy.Config.Timeouts.Server)),
            FetchKind.CurrentTunnelTimeout => static (RuleSubject s, ref Sample v) => v.SetInteger(
                s.TunnelTimeout >= 0 ? s.TunnelTimeout : ProxyFetches.Milliseconds(s.BackendProxy.Config.Timeouts.Tunnel)),
            FetchKind.ServerId => static (RuleSubject s, ref Sample v) => s.Server is { } server && v.SetInteger(server.Config.Id),
            FetchKind.ServerName => static (RuleSubject s, ref Sample v) => s.Server is { } server && v.SetText(Names.Of(server)),
            FetchKind.ListenerId => static (RuleSubject s, ref Sample v) => v.SetInteger(s.ListenerId),
            FetchKind.ListenerName => static (RuleSubject s, ref Sample v) => !s.ListenerName.IsEmpty && v.SetText(s.ListenerName),
            FetchKind.ListenerConnections => static (RuleSubject s, ref Sample v) => v.SetInteger(s.ListenerConnections),

            FetchKind.Method => RequestLineFetches.Method,
            FetchKind.Url => RequestLineFetches.Url,
            FetchKind.Path => RequestLineFetches.Path,
            FetchKind.PathQuery => RequestLineFetches.PathQuery,
            FetchKind.Query => RequestLineFetches.Query,
            FetchKind.Base => RequestLineFetches.Base,
            FetchKind.BaseQuery => RequestLineFetches.BaseQuery,
            FetchKind.Base32 => RequestLineFetches.Base32,
            FetchKind.Base32Source => RequestLineFetches.Base32Source,
            FetchKind.Url32 => RequestLineFetches.Url32,
            FetchKind.Url32Source => RequestLineFetches.Url32Source,
            FetchKind.UrlAddress => RequestLineFetches.UrlAddress,
            FetchKind.UrlPort => RequestLineFetches.UrlPort,
            FetchKind.RequestVersion => RequestLineFetches.RequestVersion,
            FetchKind.ResponseVersion => RequestLineFetches.ResponseVersion,
            FetchKind.Status => RequestLineFetches.Status,
            FetchKind.FirstRequest => static (RuleSubject s, ref Sample v) => v.SetBool(s.IsFirstRequest),
            FetchKind.AuthorizationType => AuthFetches.Scheme,
            FetchKind.BasicUser => AuthFetches.User,
            FetchKind.BasicPassword => AuthFetches.Password,
            FetchKind.CapturedMethod => static (RuleSubject s, ref Sample v) => CapturedLine.Method(s, ref v),
            FetchKind.CapturedUri => static (RuleSubject s, ref Sample v) => CapturedLine.Uri(s, ref v),
            FetchKind.CapturedRequestVersion => static (RuleSubject s, ref Sample v) =>
                s.Request is { } head && v.SetText(head.IsVersion11 ? "HTTP/1.1"u8 : "HTTP/1.0"u8),
            FetchKind.CapturedResponseVersion => static (RuleSubject s, ref Sample v) =>
                s.Response is { } head && v.SetText(head.IsVersion11 ? "HTTP/1.1"u8 : "HTTP/1.0"u8),

            FetchKind.RequestBufferLength => static (RuleSubject s, ref Sample v) => BufferFetches.Length(s, s.RequestBuffer, ref v),
            FetchKind.ResponseBufferLength => static (RuleSubject s, ref Sample v) => BufferFetches.Length(s, s.ResponseBuffer, ref v),
            FetchKind.RequestIsHttp => BufferFetches.IsHttp,
            FetchKind.RequestHelloType => static (RuleSubject s, ref Sample v) => BufferFetches.HelloType(s, s.RequestBuffer, ref v),
            FetchKind.ResponseHelloType => static (RuleSubject s, ref Sample v) => BufferFetches.HelloType(s, s.ResponseBuffer, ref v),
            FetchKind.RequestHelloVersion => BufferFetches.HelloVersion,
            FetchKind.RequestServerName => BufferFetches.ServerName,
            FetchKind.RequestAlpn => BufferFetches.Alpn,
            FetchKind.RequestEllipticExtension => static (RuleSubject s, ref Sample v) => BufferFetches.TryExtension(s, 10, out _) && v.SetBool(true),
            FetchKind.RequestTicketExtension => static (RuleSubject s, ref Sample v) =>
                BufferFetches.TryExtension(s, 35, out var ticket) ? v.SetInteger(ticket.IsEmpty ? 1 : 2) : !s.IsMissing && v.SetInteger(0),
            FetchKind.WaitEnd => BufferFetches.WaitEnd,

            FetchKind.DateMicroseconds => static (RuleSubject s, ref Sample v) => v.SetInteger(s.WallMicroseconds % 1_000_000),
            FetchKind.Stopping => static (RuleSubject s, ref Sample v) => v.SetBool(s.IsStopping),
            FetchKind.Thread => static (RuleSubject s, ref Sample v) => v.SetInteger(s.ThreadIndex),
            FetchKind.UniqueId => static (RuleSubject s, ref Sample v) => !s.UniqueId.IsEmpty && v.SetText(s.UniqueId),
            FetchKind.Uuid => Uuids.Random,
            FetchKind.PriorityClass => static (RuleSubject s, ref Sample v) => v.SetInteger(s.PriorityClass),
            FetchKind.PriorityOffset => static (RuleSubject s, ref Sample v) => v.SetInteger(s.PriorityOffset),
            FetchKind.LastRuleLine => static (RuleSubject s, ref Sample v) => s.LastRule.Line > 0 && v.SetInteger(s.LastRule.Line),
            FetchKind.LastRuleFile => static (RuleSubject s, ref Sample v) => s.LastRule.Line > 0 && v.SetText(Names.Copy(s, s.LastRule.File)),
            _ => null,
        };
        return getter is null ? null : new PlainFetch(getter);
    }

    private static PlainFetch Date(long offset, byte[] unit)
    {
        var scale = unit is [(byte)'m', ..] ? 1000L : unit is [(byte)'u', ..] ? 1L : 1_000_000L;
        return new PlainFetch((RuleSubject s, ref Sample v) => v.SetInteger((s.WallMicroseconds / scale) + offset));
    }
}
