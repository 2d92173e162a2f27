namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The idle connections that one thread has to one server, in the order in which they became idle.</summary>
/// <remarks>
/// The list belongs to its thread. Beside it stands the same set of connections as other threads see it: an array in no order, which they walk through
/// without a lock. Seeing a connection there means nothing yet; who wins <see cref="ServerConnection.TryClaim"/> has it.
/// </remarks>
internal sealed class IdleList
{
    private ServerConnection?[] _shown = [];

    /// <summary>The one that became idle last; the older ones follow by <see cref="ServerConnection.Next"/>.</summary>
    internal ServerConnection? Newest { get; private set; }

    /// <summary>The one that has been idle for longest; the newer ones follow by <see cref="ServerConnection.Previous"/>.</summary>
    internal ServerConnection? Oldest { get; private set; }

    /// <summary>How many; other threads may read it.</summary>
    internal int Count { get; private set; }

    /// <summary>Puts a connection at the new end.</summary>
    internal void Add(ServerConnection connection)
    {
        connection.Previous = null;
        connection.Next = Newest;
        if (Newest is null)
        {
            Oldest = connection;
        }
        else
        {
            Newest.Previous = connection;
        }

        Newest = connection;
        Show(connection);
        Count++;
    }

    /// <summary>Takes a connection out, which has been claimed.</summary>
    internal void Remove(ServerConnection connection)
    {
        if (connection.Previous is null)
        {
            Newest = connection.Next;
        }
        else
        {
            connection.Previous.Next = connection.Next;
        }

        if (connection.Next is null)
        {
            Oldest = connection.Previous;
        }
        else
        {
            connection.Next.Previous = connection.Previous;
        }

        connection.Next = connection.Previous = null;
        Count--;
        Hide(connection);
    }

    /// <summary>On any thread: claims a connection that may carry a stream; null where there is none.</summary>
    /// <param name="server">The server.</param>
    /// <param name="traits">What the stream owes its connection.</param>
    /// <param name="proven">Whether only proven ones are wanted.</param>
    internal ServerConnection? ClaimFromOutside(State.ServerState server, long traits, bool proven)
    {
        foreach (ref var place in Volatile.Read(ref _shown).AsSpan())
        {
            if (Volatile.Read(ref place) is not { } connection || !connection.Fits(server, traits, proven) || !connection.TryClaim())
            {
                continue;
            }

            // Between the look and the claim its own thread may have used it for something else.
            if (connection.Fits(server, traits, proven))
            {
                return connection;
            }

            connection.Unclaim();
        }

        return null;
    }

    private void Show(ServerConnection connection)
    {
        if (Count == _shown.Length)
        {
            var longer = new ServerConnection?[Math.Max(4, Count * 2)];
            _shown.CopyTo(longer, 0);
            Volatile.Write(ref _shown, longer);
        }

        connection.Place = Count;
        Volatile.Write(ref _shown[Count], connection);
    }

    // The last one takes the place: whoever walks through at this moment may miss it or meet it twice, and neither matters.
    private void Hide(ServerConnection connection)
    {
        var last = _shown[Count]!;
        last.Place = connection.Place;
        Volatile.Write(ref _shown[connection.Place], last);
        Volatile.Write(ref _shown[Count], null);
    }
}
