using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Admin;

/// <summary>Rows of servers.</summary>
public sealed partial class StatCollector
{
    private StatRow ServerRow(ProxyState proxy, BackendState backend, ServerState server)
    {
        var row = new StatRow(StatRowKind.Server, proxy, server.Config.Id) { Server = server };
        var counters = server.Counters.Sum();
        var isHttp = proxy.Config.Mode == ProxyMode.Http;
        row.Text(StatField.Pxname, proxy.Name);
        row.Text(StatField.Svname, server.Name);
        row.Number(StatField.Qcur, server.Queued.Value);
        row.Number(StatField.Qmax, server.Queued.Maximum);
        row.Number(StatField.Scur, server.Sessions.Value);
        row.Number(StatField.Smax, server.Sessions.Maximum);
        if (server.MaxConnections > 0)
        {
            row.Number(StatField.Slim, server.MaxConnections);
        }

        row.Count(StatField.Stot, counters.Sessions);
        CountBytesAndDenials(row, counters);
        CountFailures(row, counters);
        row.Number(StatField.Weight, Unscaled(server.EffectiveWeight));
        row.Number(StatField.Uweight, server.UserWeight);
        row.Number(StatField.Act, server.Config.Backup ? 0 : 1);
        row.Number(StatField.Bck, server.Config.Backup ? 1 : 0);
        var down = server.Operational == OperationalState.Stopped;
        row.Number(StatField.Lastchg, Ago(server.LastChangeSeconds));
        if (server.Config.MaxQueue > 0)
        {
            row.Number(StatField.Qlimit, server.Config.MaxQueue);
        }

        Identify(row, proxy, server.Config.Id);
        if (server.Operational == OperationalState.Starting)
        {
            row.Number(StatField.Throttle, server.SlowStartPercent);
        }

        row.Count(StatField.Lbtot, counters.Chosen);
        if (server.Leader is { } leader)
        {
            row.Text(StatField.Tracked, leader.ToString());
        }

        row.Number(StatField.Rate, server.SessionRate.Read(_nowMilliseconds));
        row.Number(StatField.RateMax, server.SessionRateMaximum);
        ServerChecks.Show(row, server, down ? Ago(server.LastChangeSeconds) : 0);
        CountResponses(row, counters, isHttp);
        if (isHttp)
        {
            row.Count(StatField.ReqTot, counters.Sessions);
        }

        row.Count(StatField.CliAbrt, counters.ClientAborts);
        row.Count(StatField.SrvAbrt, counters.ServerAborts);
        row.Signed(StatField.Lastsess, server.LastSessionSeconds == 0 ? -1 : _wallSeconds - server.LastSessionSeconds);
        CountTimes(row, server.Times);
        if (_query.ShowsLegends)
        {
            row.Text(StatField.Addr, AddressTexts.OfServer(server));
            if (server.CookieValue is { } cookie)
            {
                row.Text(StatField.Cookie, cookie);
            }
        }

        CountConnections(row, counters);
        row.Number(StatField.SrvIcur, server.IdleCount);
        if (server.Config.PoolMaxConnections >= 0)
        {
            row.Number(StatField.SrcIlim, server.Config.PoolMaxConnections);
        }

        row.Number(StatField.IdleConnCur, Math.Max(0, server.IdleCount - server.SafeIdleCount));
        row.Number(StatField.SafeConnCur, server.SafeIdleCount);
        row.Number(StatField.UsedConnCur, server.UsedConnections);
        row.Number(StatField.NeedConnEst, server.NeededConnections);
        CountTls(row);
        row.Standing = StandingOf(server);
        return row;
    }

    private static RowStanding StandingOf(ServerState server)
    {
        if (server.IsInMaintenance)
        {
            return RowStanding.Maintenance;
        }

        var (isChecked, isSettled) = ServerChecks.Progress(server);
        if (server.Operational == OperationalState.Stopped)
        {
            return isSettled ? RowStanding.Down : RowStanding.GoingUp;
        }

        if (server.IsDraining)
        {
            return RowStanding.Draining;
        }

        if (server.Operational == OperationalState.Stopping)
        {
            return RowStanding.NotBalanced;
        }

        return !isSettled ? RowStanding.GoingDown : isChecked ? RowStanding.Up : RowStanding.NotChecked;
    }
}
