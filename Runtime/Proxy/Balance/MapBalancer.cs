using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Servers in a table in which each stands as often as its weight says: hashing by remainder (<c>hash-type map-based</c>) and <c>balance static-rr</c>.</summary>
/// <remarks>
/// The table is filled place by place. At each place every server earns its weight, and whoever comes gives the sum of all weights away: the first that
/// has earned a whole sum comes, else the first that owes nothing. Fitted to the original's choices (fixtures/balance). It is made anew when a
/// server comes or goes; the turn goes on where it was.
/// </remarks>
public sealed class MapBalancer : Balancer
{
    private ServerState[] _map;
    private long[] _earned;
    private int _length;
    private int _turn;

    /// <summary>A balancer over a backend's servers.</summary>
    public MapBalancer(BackendState backend)
        : base(backend)
    {
        _map = [];
        _earned = new long[Servers.Length];
        Fill();
    }

    /// <inheritdoc/>
    public override bool IsStatic => true;

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        if (_length == 0)
        {
            return null;
        }

        if (hash.IsKnown)
        {
            return _map[hash.Value % (uint)_length];
        }

        if (_turn >= _length)
        {
            _turn = 0;
        }

        var at = _turn;
        var avoided = -1;
        do
        {
            var server = _map[at++];
            if (at == _length)
            {
                at = 0;
            }

            if (HasPlace(server))
            {
                if (!ReferenceEquals(server, avoid))
                {
                    _turn = at;
                    return server;
                }

                avoided = at;
            }
            else
            {
                saturated = true;
            }
        }
        while (at != _turn);
        if (avoided < 0)
        {
            return null;
        }

        saturated = false;
        _turn = avoided;
        return avoid;
    }

    /// <inheritdoc/>
    protected override void Changed(ServerState server) => Fill();

    /// <inheritdoc/>
    protected override void Left(ServerState server) => Fill();

    private void Fill()
    {
        var backups = ActiveCount == 0;
        var sum = 0;
        foreach (var server in Servers)
        {
            if (server.IsUsable && server.Config.Backup == backups)
            {
                sum += server.UserWeight;
            }
        }

        if (sum > _map.Length)
        {
            _map = new ServerState[sum];
        }

        Array.Clear(_earned);
        for (var place = 0; place < sum; place++)
        {
            _map[place] = Next(backups, sum);
        }

        _length = sum;
    }

    private ServerState Next(bool backups, int sum)
    {
        var first = -1;
        var urgent = -1;
        for (var i = 0; i < Servers.Length; i++)
        {
            var server = Servers[i];
            if (!server.IsUsable || server.Config.Backup != backups)
            {
                continue;
            }

            _earned[i] += server.UserWeight;
            if (urgent < 0 && _earned[i] >= sum)
            {
                urgent = i;
            }

            if (first < 0 && _earned[i] >= 0)
            {
                first = i;
            }
        }

        var chosen = urgent >= 0 ? urgent : first;
        _earned[chosen] -= sum;
        return Servers[chosen];
    }
}
