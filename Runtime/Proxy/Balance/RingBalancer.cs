using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Servers as points on a ring of 32 bits, sixteen for each unit of weight; a key goes to the nearest point (<c>hash-type consistent</c>, <c>balance random</c>).</summary>
/// <remarks>
/// The points of a server follow from its id alone: the avalanche of id * 4096 + number of the point. So a change of one server moves its own keys only. A
/// request without a key goes to the next point of the ring in turn.
/// </remarks>
public sealed class RingBalancer : Balancer
{
    private const int PointsPerServer = 256 * WeightScale;

    private sealed class Share : BalancerNode
    {
        /// <summary>Weight of the usable servers before this one in the file.</summary>
        public long Before;
    }

    private struct Point
    {
        public uint Hash;
        public uint Origin;
        public ServerState Server;
    }

    private readonly int _draws;
    private readonly int _factor;
    private Point[] _active;
    private Point[] _backup;
    private int _activeCount;
    private int _backupCount;
    private uint _random = 2463534242;
    private uint _turn;
    private bool _turned;

    /// <summary>A balancer over a backend's servers.</summary>
    public RingBalancer(BackendState backend)
        : base(backend)
    {
        var config = backend.Config.Balance;
        _draws = config.Algorithm == BalanceAlgorithm.Random ? Math.Max(1, config.Draws) : 0;
        _factor = config.HashBalanceFactor;
        _active = [];
        _backup = [];
        foreach (var server in Servers)
        {
            server.Node = new Share();
        }

        Fill();
    }

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        var points = backups ? _backup.AsSpan(0, _backupCount) : _active.AsSpan(0, _activeCount);
        if (points.IsEmpty)
        {
            return null;
        }

        if (_draws > 0)
        {
            return Draw(points, avoid, out saturated);
        }

        return hash.IsKnown ? Nearest(points, hash.Value, avoid) : InTurn(points, avoid, out saturated);
    }

    /// <inheritdoc/>
    protected override void Entered(ServerState server) => server.Node = new Share();

    /// <inheritdoc/>
    protected override void Changed(ServerState server) => Fill();

    /// <inheritdoc/>
    protected override void Left(ServerState server) => Fill();

    private ServerState Nearest(ReadOnlySpan<Point> points, uint hash, ServerState? avoid)
    {
        var next = AtOrAfter(points, hash);
        var at = next == points.Length ? 0 : next;
        var before = at == 0 ? points.Length - 1 : at - 1;
        if (hash - points[before].Hash <= points[at].Hash - hash)
        {
            at = before;
        }

        var server = points[at].Server;
        for (var tried = 0; tried < points.Length && (ReferenceEquals(server, avoid) || IsOverloaded(server)); tried++)
        {
            at = at + 1 == points.Length ? 0 : at + 1;
            server = points[at].Server;
        }

        return server;
    }

    private ServerState? InTurn(ReadOnlySpan<Point> points, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        ServerState? avoided = null;
        var start = _turned ? AtOrAfter(points, _turn + 1) : 0;
        if (start == points.Length || (_turned && _turn == uint.MaxValue))
        {
            start = 0;
        }

        var at = start;
        do
        {
            var point = points[at];
            if (HasPlace(point.Server) && !IsOverloaded(point.Server))
            {
                if (!ReferenceEquals(point.Server, avoid))
                {
                    _turn = point.Hash;
                    _turned = true;
                    return point.Server;
                }

                avoided = point.Server;
            }
            else
            {
                saturated = true;
            }

            at = at + 1 == points.Length ? 0 : at + 1;
        }
        while (at != start);
        if (avoided is not null)
        {
            saturated = false;
        }

        return avoided;
    }

    private ServerState? Draw(ReadOnlySpan<Point> points, ServerState? avoid, out bool saturated)
    {
        ServerState? best = null;
        for (var draw = 0; draw < _draws; draw++)
        {
            // xorshift32: any even spread will do, nobody can rely on the original's numbers.
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            var drawn = Nearest(points, _random, avoid);
            if (best is null || IsLessLoaded(drawn, best))
            {
                best = drawn;
            }
        }

        saturated = best is not null && !HasPlace(best);
        return saturated ? null : best;
    }

    private static bool IsLessLoaded(ServerState one, ServerState other) =>
        (long)one.Served.Value * other.EffectiveWeight < (long)other.Served.Value * one.EffectiveWeight;

    /// <summary>
    /// Whether it has all of its share of the places (<c>hash-balance-factor</c>): there are as many as streams, this one included, times the factor, and
    /// they are dealt out along the sums of weights in the order of the file, at least one to each.
    /// </summary>
    private bool IsOverloaded(ServerState server)
    {
        if (_factor == 0)
        {
            return false;
        }

        var sum = TotalWeight;
        var places = (((Backend.Served.Value + 1L) * _factor) + 99) / 100;
        var before = ((Share)server.Node!).Before;
        var share = (places * (before + server.EffectiveWeight) / sum) - (places * before / sum);
        return server.Served.Value >= Math.Max(1, share);
    }

    private static int AtOrAfter(ReadOnlySpan<Point> points, uint hash)
    {
        int low = 0, high = points.Length;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (points[middle].Hash < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Fill()
    {
        _activeCount = Fill(ref _active, backups: false, ActiveWeight);
        _backupCount = Fill(ref _backup, backups: true, BackupWeight);
    }

    private int Fill(ref Point[] points, bool backups, int count)
    {
        if (points.Length < count)
        {
            points = new Point[count];
        }

        var used = 0;
        foreach (var server in Servers)
        {
            if (server.Config.Backup == backups)
            {
                ((Share)server.Node!).Before = used;
            }

            if (!server.IsUsable || server.Config.Backup != backups)
            {
                continue;
            }

            for (var i = 0; i < server.EffectiveWeight; i++)
            {
                var origin = (uint)((server.Config.Id * PointsPerServer) + i);
                points[used++] = new Point { Hash = KeyHash.Avalanche(origin), Origin = origin, Server = server };
            }
        }

        points.AsSpan(0, used).Sort(static (one, other) => one.Hash != other.Hash ? one.Hash.CompareTo(other.Hash) : one.Origin.CompareTo(other.Origin));
        return used;
    }
}
