namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Gives numbers to what has none of its own: sections, servers, sockets.</summary>
/// <remarks>The count goes on with each of them, also with those whose number stands in the file; a number that is taken is left out.</remarks>
/// <param name="first">The first number.</param>
/// <param name="given">The numbers of the file; 0 for none.</param>
internal sealed class NumberSequence(int first, IEnumerable<int> given)
{
    private readonly HashSet<int> _used = [.. given];
    private int _next = first;

    /// <summary>The number of the next one.</summary>
    /// <param name="own">Its number in the file; 0 for none.</param>
    public int Next(int own)
    {
        while (own == 0 && _used.Contains(_next))
        {
            _next++;
        }

        var number = own == 0 ? _next : own;
        _next++;
        return number;
    }
}
