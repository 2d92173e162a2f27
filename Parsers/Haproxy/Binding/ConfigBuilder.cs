using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Makes the IR of sections that have been checked.</summary>
internal sealed class ConfigBuilder(ConfigSyntax document)
{
    // The first number belongs to a section of the original's own.
    private const int FirstProxyId = 2;

    /// <summary>The configuration.</summary>
    public HaproxyConfig Build(IReadOnlyDictionary<ProxySyntax, ProxyFormats> formats)
    {
        var global = document.Global;
        var config = global.Config with
        {
            Logs = ValueList.Create<LogTargetConfig>(global.Logs.ToArray()),
            StatsSockets = ValueList.Create<BindConfig>(Numbered(global.StatsSockets)),
            Environment = Environment(),
        };
        var numbers = new NumberSequence(FirstProxyId, document.Proxies.Select(proxy => proxy.Id));
        var proxies = new ProxyConfig[document.Proxies.Count];
        for (var i = 0; i < proxies.Length; i++)
        {
            var proxy = document.Proxies[i];
            proxies[i] = Proxy(proxy, numbers.Next(proxy.Id), formats.GetValueOrDefault(proxy) ?? new ProxyFormats());
        }

        return new HaproxyConfig
        {
            Global = config,
            Proxies = ValueList.Create<ProxyConfig>(proxies),
            UserLists = ValueList.Create<UserListConfig>(document.UserLists.ConvertAll(UserList).ToArray()),
            Rings = ValueList.Create<RingConfig>(document.Rings.ToArray()),
            PatternUses = ValueList.Create<Runtime.Ir.Expressions.PatternUse>(document.PatternUses.ToArray()),
            Programs = ValueList.Create<ProgramConfig>(document.Programs.ToArray()),
        };
    }

    private ValueList<EnvironmentVariable> Environment()
    {
        var all = new List<EnvironmentVariable>();
        foreach (var (name, value) in document.Environment.Values)
        {
            all.Add(new EnvironmentVariable(name, value));
        }

        all.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return ValueList.Create<EnvironmentVariable>(all.ToArray());
    }

    private ProxyConfig Proxy(ProxySyntax p, int id, ProxyFormats formats) => new()
    {
        Name = p.Name,
        Capability = p.Capability,
        Id = id,
        HasOwnId = p.Id != 0,
        At = p.At,
        Mode = p.Mode,
        Description = p.Description,
        Disabled = p.Disabled,
        ConnectionMode = p.ConnectionMode,
        Options = Options(p),
        Timeouts = p.Timeouts,
        Logs = p.Logs,
        LogTag = p.LogTag,
        LogFormat = formats.Log,
        ErrorLogFormat = formats.ErrorLog,
        StructuredDataFormat = formats.StructuredData,
        UniqueIdFormat = formats.UniqueId,
        UniqueIdHeader = p.UniqueIdHeader,
        ErrorAnswers = ErrorAnswers(p),
        ForwardFor = p.ForwardFor,
        OriginalTo = p.OriginalTo,
        Acls = ValueList.Create<Runtime.Ir.Expressions.AclConfig>(p.Acls.ToArray()),
        Rules = Rules(p),
        Stats = p.Stats is null ? null : p.Stats with
        {
            Admin = ValueList.Create<Runtime.Ir.Expressions.Condition>(p.StatsAdmin.ToArray()),
            HttpRequest = ValueList.Create<RuleConfig>(p.StatsHttpRequest.ToArray()),
        },
        Frontend = p.IsFrontend ? Frontend(p) : null,
        Backend = p.IsBackend ? Backend(p, formats) : null,
    };

    // HTTP turns on by itself what saves packets without text: a peer who speaks first is acknowledged by what is answered.
    private static ProxyOptions Options(ProxySyntax p)
    {
        const ProxyOptions SavedPackets = ProxyOptions.SmartAccept | ProxyOptions.SmartConnect;
        return p.Options
            | (p.LogFormat?.Option.Length > 0 ? ProxyOptions.LogByOption : ProxyOptions.None)
            | (p.Mode == ProxyMode.Http ? SavedPackets & ~p.RefusedOptions : ProxyOptions.None);
    }

    // Lines in their order: a later one wins, be it an answer of its own or what an 'errorfiles' brings; what is inherited comes first.
    private ValueList<ErrorAnswerConfig> ErrorAnswers(ProxySyntax p)
    {
        if (p.ErrorFiles.Count == 0)
        {
            return p.ErrorAnswers;
        }

        var all = new SortedDictionary<int, ErrorAnswerConfig>();
        var own = new HashSet<ErrorAnswerConfig>(ReferenceEqualityComparer.Instance);
        foreach (var files in p.ErrorFiles)
        {
            Own(files.Before);
            foreach (var answer in document.HttpErrors.TryGetValue(files.Section, out var section) ? section.Answers : [])
            {
                if (files.Statuses.Count == 0 || files.Statuses.AsSpan().Contains(answer.Status))
                {
                    all[answer.Status] = answer;
                }
            }
        }

        Own(p.ErrorAnswers);
        return ValueList.Create<ErrorAnswerConfig>(all.Values.ToArray());

        void Own(ValueList<ErrorAnswerConfig> answers)
        {
            foreach (var answer in answers)
            {
                if (own.Add(answer))
                {
                    all[answer.Status] = answer;
                }
            }
        }
    }

    private static RuleSetsConfig Rules(ProxySyntax p) => new()
    {
        TcpRequestConnection = ValueList.Create<RuleConfig>(p.TcpRequestConnection.ToArray()),
        TcpRequestSession = ValueList.Create<RuleConfig>(p.TcpRequestSession.ToArray()),
        TcpRequestContent = ValueList.Create<RuleConfig>(p.TcpRequestContent.ToArray()),
        TcpRequestInspectDelay = p.TcpRequestInspectDelay,
        TcpResponseContent = ValueList.Create<RuleConfig>(p.TcpResponseContent.ToArray()),
        TcpResponseInspectDelay = p.TcpResponseInspectDelay,
        HttpRequest = ValueList.Create<RuleConfig>(p.HttpRequest.ToArray()),
        HttpResponse = ValueList.Create<RuleConfig>(p.HttpResponse.ToArray()),
        HttpAfterResponse = ValueList.Create<RuleConfig>(p.HttpAfterResponse.ToArray()),
        Redirect = ValueList.Create<RuleConfig>(p.Redirect.ToArray()),
        UseBackend = ValueList.Create<UseBackendRule>(p.UseBackend.ToArray()),
        UseServer = ValueList.Create<UseServerRule>(p.UseServer.ToArray()),
        Persist = ValueList.Create<PersistRule>(p.Persist.ToArray()),
    };

    private static FrontendConfig Frontend(ProxySyntax p) => new()
    {
        Binds = ValueList.Create<BindConfig>(Numbered(p.Binds)),
        MaxConnections = p.MaxConnections > 0 ? p.MaxConnections : null,
        Backlog = p.Backlog > 0 ? p.Backlog : null,
        SessionRateLimit = p.SessionRateLimit,
        DefaultBackend = p.DefaultBackend?.Name,
        MonitorUri = p.MonitorUri,
        MonitorFail = ValueList.Create<Runtime.Ir.Expressions.Condition>(p.MonitorFail.ToArray()),
        RequestCaptures = ValueList.Create<HeaderCapture>(p.RequestCaptures.ToArray()),
        ResponseCaptures = ValueList.Create<HeaderCapture>(p.ResponseCaptures.ToArray()),
        CookieCapture = p.CookieCapture,
        Probes = p.ClientProbes,
    };

    private static BindConfig[] Numbered(List<BindConfig> binds)
    {
        var numbers = new NumberSequence(1, binds.Select(bind => bind.Id));
        return [.. binds.Select(bind => bind with { Id = numbers.Next(bind.Id) })];
    }

    private static BackendConfig Backend(ProxySyntax p, ProxyFormats formats) => new()
    {
        Balance = p.Balance with { HashExpression = formats.Hash },
        Servers = ValueList.Create<ServerConfig>(ServerBuilder.Build(p)),
        Cookie = p.Cookie,
        DynamicCookieKey = p.DynamicCookieKey,
        Reuse = p.Reuse,
        Retries = p.Retries,
        RetryOn = p.RetryOn,
        RedispatchInterval = p.RedispatchInterval,
        FullConnections = p.FullConnections > 0 ? p.FullConnections : null,
        Check = CheckBuilder.Build(p),
        ServerState = p.ServerState,
        ServerStateFileName = p.ServerStateFileName,
        Dispatch = p.Dispatch,
        Transparent = p.Transparent || (p.Options & ProxyOptions.Transparent) != 0,
        Source = p.Source,
        SendNameHeader = p.SendNameHeader,
        MaxKeepAliveQueue = p.MaxKeepAliveQueue,
        Probes = p.ServerProbes,
    };

    // A user belongs to the groups it names and to those that name it.
    private static UserListConfig UserList(UserListSyntax list)
    {
        var users = new List<UserConfig>();
        foreach (var user in list.Users)
        {
            var groups = new List<string>();
            foreach (var group in user.Groups)
            {
                groups.Add(group);
            }

            foreach (var group in list.Groups)
            {
                foreach (var name in group.Users)
                {
                    if (name == user.Name && !groups.Contains(group.Name))
                    {
                        groups.Add(group.Name);
                    }
                }
            }

            users.Add(user with { Groups = ValueList.Create<string>(groups.ToArray()) });
        }

        return new UserListConfig(list.Name, ValueList.Create<UserConfig>(users.ToArray()), ValueList.Create<GroupConfig>(list.Groups.ToArray()));
    }
}
