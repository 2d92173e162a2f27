using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>The usable server with the lowest id that has a free place (<c>balance first</c>); weights do not count.</summary>
public sealed class FirstBalancer : Balancer
{
    private ServerState[] _byId;

    /// <summary>A balancer over a backend's servers.</summary>
    public FirstBalancer(BackendState backend)
        : base(backend)
    {
        _byId = Sorted();
    }

    private ServerState[] Sorted()
    {
        ServerState[] sorted = [.. Servers];
        Array.Sort(sorted, static (one, other) => one.Config.Id.CompareTo(other.Config.Id));
        return sorted;
    }

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        ServerState? avoided = null;
        foreach (var server in _byId)
        {
            if (!server.IsUsable || server.Config.Backup != backups)
            {
                continue;
            }

            if (!HasPlace(server))
            {
                saturated = true;
            }
            else if (!ReferenceEquals(server, avoid))
            {
                saturated = false;
                return server;
            }
            else
            {
                avoided = server;
            }
        }

        saturated &= avoided is null;
        return avoided;
    }

    /// <inheritdoc/>
    protected override void Entered(ServerState server) => _byId = Sorted();

    /// <inheritdoc/>
    protected override void Left(ServerState server) => _byId = Sorted();

    /// <inheritdoc/>
    protected override void Changed(ServerState server)
    {
    }
}
