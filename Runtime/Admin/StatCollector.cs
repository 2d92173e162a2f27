using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>Which rows of the statistics are wanted.</summary>
public sealed record StatQuery
{
    /// <summary>The proxy's number; null all.</summary>
    public int? ProxyId { get; init; }

    /// <summary>Kinds of rows: 1 frontends, 2 backends, 4 servers, 8 listeners; -1 all (management manual 9.3, <c>show stat</c>).</summary>
    public int Kinds { get; init; } = -1;

    /// <summary>The server's or listener's number; -1 all. Rows of the sides are not chosen by it.</summary>
    public int ServiceId { get; init; } = -1;

    /// <summary>Leaves out servers that are down, and counts those that are up behind the backend's status.</summary>
    public bool HideDown { get; init; }

    /// <summary>Leaves out servers in maintenance.</summary>
    public bool HideMaintenance { get; init; }

    /// <summary>Whether addresses and cookies are shown.</summary>
    public bool ShowsLegends { get; init; }

    /// <summary>Only proxies that this accepts (scope of the page); null all.</summary>
    public Func<ProxyState, bool>? Accepts { get; init; }
}

/// <summary>Makes rows of the statistics of the live counters.</summary>
public sealed partial class StatCollector
{
    private readonly AdminContext _context;
    private readonly StatQuery _query;
    private readonly long _nowMilliseconds;
    private readonly long _wallSeconds;

    /// <summary>A collector for one query at one moment. On a loop's thread.</summary>
    public StatCollector(AdminContext context, StatQuery query, long nowMilliseconds, long wallMicroseconds)
    {
        _context = context;
        _query = query;
        _nowMilliseconds = nowMilliseconds;
        _wallSeconds = wallMicroseconds / 1_000_000;
    }

    /// <summary>All rows of the query in the order of the file.</summary>
    public IEnumerable<StatRow> Rows()
    {
        foreach (var proxy in _context.Engine.Proxies)
        {
            foreach (var row in RowsOf(proxy))
            {
                yield return row;
            }
        }
    }

    /// <summary>The rows of one proxy; none where the query leaves it out or the file switches it off.</summary>
    public IEnumerable<StatRow> RowsOf(ProxyState proxy)
    {
        if (proxy.Config.Disabled || (_query.ProxyId is { } id && id != proxy.Config.Id) || _query.Accepts?.Invoke(proxy) == false)
        {
            yield break;
        }

        var kinds = _query.Kinds;
        if (proxy.Frontend is { } frontend)
        {
            if ((kinds & 1) != 0)
            {
                yield return FrontendRow(proxy, frontend);
            }

            if ((kinds & 8) != 0 && (proxy.Config.Options & ProxyOptions.SocketStats) != 0)
            {
                foreach (var listener in _context.Listeners.Listeners)
                {
                    if (ReferenceEquals(listener.Proxy, proxy) && (_query.ServiceId == -1 || _query.ServiceId == listener.Config.Id))
                    {
                        yield return ListenerRow(proxy, listener);
                    }
                }
            }
        }

        if (proxy.Backend is { } backend)
        {
            if ((kinds & 4) != 0)
            {
                foreach (var server in backend.Servers)
                {
                    if ((_query.ServiceId == -1 || _query.ServiceId == server.Config.Id) && !IsHidden(server))
                    {
                        yield return ServerRow(proxy, backend, server);
                    }
                }
            }

            if ((kinds & 2) != 0)
            {
                yield return BackendRow(proxy, backend);
            }
        }
    }

    private bool IsHidden(ServerState server) =>
        (_query.HideMaintenance && server.IsInMaintenance) || (_query.HideDown && (server.IsInMaintenance || server.Operational == OperationalState.Stopped));

    private StatRow FrontendRow(ProxyState proxy, FrontendState frontend)
    {
        var row = new StatRow(StatRowKind.Frontend, proxy, 0);
        var counters = frontend.Counters.Sum();
        var isHttp = proxy.Config.Mode == ProxyMode.Http;
        row.Text(StatField.Pxname, proxy.Name);
        row.Text(StatField.Svname, "FRONTEND");
        row.Number(StatField.Scur, frontend.Sessions.Value);
        row.Number(StatField.Smax, frontend.Sessions.Maximum);
        row.Number(StatField.Slim, frontend.MaxConnections);
        row.Count(StatField.Stot, counters.Sessions);
        CountBytesAndDenials(row, counters);
        row.Count(StatField.Ereq, counters.RequestErrors);
        row.Text(StatField.Status, proxy.Activity switch
        {
            ProxyActivity.Paused => "PAUSED",
            ProxyActivity.Stopped => "STOP",
            _ => "OPEN",
        });
        Identify(row, proxy, 0);
        row.Number(StatField.Rate, frontend.SessionRate.Read(_nowMilliseconds));
        row.Number(StatField.RateLim, frontend.SessionRateLimit);
        row.Number(StatField.RateMax, frontend.SessionRateMaximum);
        CountResponses(row, counters, isHttp);
        row.Number(StatField.ReqRate, frontend.RequestRate.Read(_nowMilliseconds));
        row.Number(StatField.ReqRateMax, frontend.RequestRateMaximum);
        row.Count(StatField.ReqTot, counters.Requests);
        CountCompression(row);
        row.Number(StatField.ConnRate, frontend.ConnectionRate.Read(_nowMilliseconds));
        row.Number(StatField.ConnRateMax, frontend.ConnectionRateMaximum);
        row.Count(StatField.ConnTot, counters.Connections);
        row.Count(StatField.Dcon, counters.DeniedConnections);
        row.Count(StatField.Dses, counters.DeniedSessions);
        if (isHttp)
        {
            row.Count(StatField.Intercepted, counters.Intercepted);
            row.Count(StatField.CacheLookups, 0);
            row.Count(StatField.CacheHits, 0);
        }

        row.Count(StatField.Wrew, counters.FailedRewrites);
        row.Count(StatField.Eint, counters.InternalErrors);
        CountMuxes(row, isHttp ? counters : null, counters.Connections, counters.Requests, frontend.Sessions.Value);
        return row;
    }

    private StatRow ListenerRow(ProxyState proxy, ListenerState listener)
    {
        var row = new StatRow(StatRowKind.Listener, proxy, listener.Config.Id) { Listener = listener };
        var counters = listener.Counters.Sum();
        row.Text(StatField.Pxname, proxy.Name);
        row.Text(StatField.Svname, listener.Config.Name ?? $"sock-{listener.Config.Id}");
        row.Number(StatField.Scur, listener.Sessions.Value);
        row.Number(StatField.Smax, listener.Sessions.Maximum);
        row.Number(StatField.Slim, listener.Config.MaxConnections ?? 0);
        row.Count(StatField.Stot, counters.Sessions);
        CountBytesAndDenials(row, counters);
        row.Count(StatField.Ereq, counters.RequestErrors);
        row.Text(StatField.Status, listener.Descriptor < 0 || listener.IsPaused ? "WAITING" : listener.Sessions.Value >= listener.MaxConnections ? "FULL" : "OPEN");
        Identify(row, proxy, listener.Config.Id);
        if (_query.ShowsLegends)
        {
            row.Text(StatField.Addr, AddressTexts.OfListener(listener));
        }

        row.Count(StatField.Dcon, counters.DeniedConnections);
        row.Count(StatField.Dses, counters.DeniedSessions);
        row.Count(StatField.Wrew, counters.FailedRewrites);
        row.Count(StatField.Eint, counters.InternalErrors);
        CountTls(row);
        return row;
    }

    private StatRow BackendRow(ProxyState proxy, BackendState backend)
    {
        var row = new StatRow(StatRowKind.Backend, proxy, 0);
        var counters = backend.Counters.Sum();
        var isHttp = proxy.Config.Mode == ProxyMode.Http;
        var lost = backend.Servers.Length > 0 && !backend.HasServer;
        int up = 0, userWeight = 0;
        foreach (var server in backend.Servers)
        {
            up += server.IsUp ? 1 : 0;
            userWeight += server.IsUsable && server.Config.Backup == (backend.ActiveCount == 0) ? server.UserWeight : 0;
        }

        row.Text(StatField.Pxname, proxy.Name);
        row.Text(StatField.Svname, "BACKEND");
        row.Number(StatField.Qcur, backend.Queued.Value);
        row.Number(StatField.Qmax, backend.Queued.Maximum);
        row.Number(StatField.Scur, backend.Sessions.Value);
        row.Number(StatField.Smax, backend.Sessions.Maximum);
        row.Number(StatField.Slim, backend.FullConnections);
        row.Count(StatField.Stot, counters.Sessions);
        CountBytesAndDenials(row, counters);
        CountFailures(row, counters);
        var status = lost ? "DOWN" : "UP";
        row.Text(StatField.Status, _query.HideDown || _query.HideMaintenance ? $"{status} ({up}/{backend.Servers.Length})" : status);
        row.Standing = lost ? RowStanding.Down : RowStanding.Up;
        row.Number(StatField.Weight, Unscaled(backend.Balancer.TotalWeight));
        row.Number(StatField.Uweight, userWeight);
        row.Number(StatField.Act, backend.ActiveCount);
        row.Number(StatField.Bck, backend.BackupCount);
        row.Count(StatField.Chkdown, backend.DownTransitions);
        row.Number(StatField.Lastchg, Ago(backend.LastChangeSeconds));
        if (backend.Servers.Length > 0)
        {
            row.Number(StatField.Downtime, backend.DownSeconds + (lost ? Ago(backend.LastChangeSeconds) : 0));
        }

        Identify(row, proxy, 0);
        row.Count(StatField.Lbtot, counters.Chosen);
        row.Number(StatField.Rate, backend.SessionRate.Read(_nowMilliseconds));
        row.Number(StatField.RateMax, backend.SessionRateMaximum);
        CountResponses(row, counters, isHttp);
        if (isHttp)
        {
            row.Count(StatField.ReqTot, counters.Requests);
            row.Count(StatField.CacheLookups, 0);
            row.Count(StatField.CacheHits, 0);
        }

        row.Count(StatField.CliAbrt, counters.ClientAborts);
        row.Count(StatField.SrvAbrt, counters.ServerAborts);
        CountCompression(row);
        row.Signed(StatField.Lastsess, backend.LastSessionSeconds == 0 ? -1 : _wallSeconds - backend.LastSessionSeconds);
        CountTimes(row, backend.Times);
        if (_query.ShowsLegends)
        {
            if (proxy.Config.Backend?.Cookie is { } cookie)
            {
                row.Text(StatField.Cookie, cookie.Name);
            }

            row.Text(StatField.Algo, Algorithms.NameOf(backend.Config.Balance.Algorithm));
        }

        CountConnections(row, counters);
        row.Number(StatField.AggServerStatus, 0);
        row.Number(StatField.AggServerCheckStatus, 0);
        row.Number(StatField.AggCheckStatus, 0);
        CountMuxes(row, isHttp ? counters : null, counters.Connects, counters.Connects + counters.Reuses, OpenConnections(backend));
        return row;
    }

    private void Identify(StatRow row, ProxyState proxy, int id)
    {
        row.Number(StatField.Pid, 1);
        row.Number(StatField.Iid, proxy.Config.Id);
        row.Number(StatField.Sid, id);
        row.Number(StatField.Type, (int)row.Kind);
        row.Text(StatField.Mode, proxy.Config.Mode == ProxyMode.Http ? "http" : "tcp");
    }

    /// <summary>Seconds since a change; since the start where nothing has changed.</summary>
    private long Ago(long seconds) => Math.Max(0, _wallSeconds - (seconds == 0 ? _context.StartWallMicroseconds / 1_000_000 : seconds));

    private static int Unscaled(int weight) => (weight + Balancer.WeightScale - 1) / Balancer.WeightScale;

    private static void CountBytesAndDenials(StatRow row, TrafficCounters counters)
    {
        row.Count(StatField.Bin, counters.BytesIn);
        row.Count(StatField.Bout, counters.BytesOut);
        if (row.Kind != StatRowKind.Server)
        {
            row.Count(StatField.Dreq, counters.DeniedRequests);
        }

        row.Count(StatField.Dresp, counters.DeniedResponses);
    }

    private static void CountFailures(StatRow row, TrafficCounters counters)
    {
        row.Count(StatField.Econ, counters.ConnectionErrors);
        row.Count(StatField.Eresp, counters.ResponseErrors);
        row.Count(StatField.Wretr, counters.Retries);
        row.Count(StatField.Wredis, counters.Redispatches);
    }

    private static void CountResponses(StatRow row, TrafficCounters counters, bool isHttp)
    {
        if (!isHttp)
        {
            return;
        }

        for (var digit = 1; digit <= 5; digit++)
        {
            row.Count(StatField.Hrsp1xx + digit - 1, counters.Responses[digit]);
        }

        row.Count(StatField.HrspOther, counters.Responses[0]);
    }

    private static void CountConnections(StatRow row, TrafficCounters counters)
    {
        row.Count(StatField.Wrew, counters.FailedRewrites);
        row.Count(StatField.Eint, counters.InternalErrors);
        row.Count(StatField.Connect, counters.Connects);
        row.Count(StatField.Reuse, counters.Reuses);
    }

    private static void CountTimes(StatRow row, TimeStatistics times)
    {
        row.Number(StatField.Qtime, times.Queue);
        row.Number(StatField.Ctime, times.Connect);
        row.Number(StatField.Rtime, times.Response);
        row.Number(StatField.Ttime, times.Total);
        row.Number(StatField.QtimeMax, times.QueueMaximum);
        row.Number(StatField.CtimeMax, times.ConnectMaximum);
        row.Number(StatField.RtimeMax, times.ResponseMaximum);
        row.Number(StatField.TtimeMax, times.TotalMaximum);
    }

    /// <summary>Compression is not executed; its counters stand at zero so that tools find their columns.</summary>
    private static void CountCompression(StatRow row)
    {
        for (var field = StatField.CompIn; field <= StatField.CompRsp; field++)
        {
            row.Count(field, 0);
        }
    }

    private static int OpenConnections(BackendState backend)
    {
        var open = 0;
        foreach (var server in backend.Servers)
        {
            open += server.UsedConnections + server.IdleCount;
        }

        return open;
    }

    private static void CountTls(StatRow row)
    {
        for (var field = StatField.SslSess; field <= StatField.SslFailedHandshake; field++)
        {
            row.Count(field, 0);
        }
    }

    /// <summary>The counters of TLS and of the muxes. HTTP/2 is not executed.</summary>
    private static void CountMuxes(StatRow row, TrafficCounters? http, long connections, long streams, int open)
    {
        CountTls(row);
        for (var field = StatField.H2HeadersRcvd; field <= StatField.H1SplicedBytesOut; field++)
        {
            row.Count(field, 0);
        }

        if (http is null)
        {
            return;
        }

        row.Count(StatField.H1OpenConnections, open);
        row.Count(StatField.H1OpenStreams, http.Wire.Streams);
        row.Count(StatField.H1TotalConnections, connections);
        row.Count(StatField.H1TotalStreams, streams);
        row.Count(StatField.H1BytesIn, http.Wire.Read);
        row.Count(StatField.H1BytesOut, http.Wire.Written);
    }
}
