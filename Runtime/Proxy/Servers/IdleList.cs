namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The idle connections that one thread has to one server, in the order in which they became idle. Belongs to the thread.</summary>
internal sealed class IdleList
{
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
        Count++;
    }

    /// <summary>Takes a connection out.</summary>
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
    }
}
