namespace Dropin.Runtime.Proxy.Servers;

/// <summary>The local ports that connections to one server may have (<c>source</c> with a range): each is used by one connection at a time.</summary>
/// <remarks>They are given out in turn, so that one is used again as late as possible: the peer may still remember its last connection.</remarks>
public sealed class SourcePorts
{
    private readonly int _first;
    private readonly int[] _taken;
    private int _next = -1;

    /// <summary>All ports of a range are free.</summary>
    /// <param name="first">The first port.</param>
    /// <param name="last">The last one.</param>
    public SourcePorts(int first, int last) => (_first, _taken) = (first, new int[last - first + 1]);

    /// <summary>How many there are.</summary>
    public int Count => _taken.Length;

    /// <summary>Takes a port; 0 where all are in use. From any thread.</summary>
    public int Take()
    {
        for (var left = _taken.Length; left > 0; left--)
        {
            var place = (int)((uint)Interlocked.Increment(ref _next) % (uint)_taken.Length);
            if (Interlocked.CompareExchange(ref _taken[place], 1, 0) == 0)
            {
                return _first + place;
            }
        }

        return 0;
    }

    /// <summary>Gives a port back. From any thread.</summary>
    public void Give(int port) => Volatile.Write(ref _taken[port - _first], 0);
}
