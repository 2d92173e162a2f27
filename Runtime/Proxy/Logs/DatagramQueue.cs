using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>Lines of one turn of the loop on their way to syslog servers: they leave together, at most a turn later, in their order.</summary>
/// <remarks>
/// A datagram to a server on the same machine wakes it, which costs more than all the rest of a line; several at once wake it once. Few wait, for
/// the server's buffer has to take them in one go; so lines to Unix sockets, which hold ten (net.unix.max_dgram_qlen), do not wait here at all.
/// </remarks>
internal sealed class DatagramQueue
{
    private readonly byte[] _bytes = new byte[Datagrams.Most * 1024];
    private readonly Datagram[] _lines = new Datagram[Datagrams.Most];
    private readonly Datagram[] _run = new Datagram[Datagrams.Most];
    private readonly LogTarget?[] _targets = new LogTarget?[Datagrams.Most];
    private int _count;
    private int _used;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Puts a line behind the others.</summary>
    /// <returns>False where there is no room.</returns>
    public bool TryAdd(LogTarget target, ReadOnlySpan<byte> line)
    {
        if (_count == Datagrams.Most || line.Length > _bytes.Length - _used)
        {
            return false;
        }

        line.CopyTo(_bytes.AsSpan(_used));
        _targets[_count] = target;
        _lines[_count++] = new Datagram(_used, line.Length);
        _used += line.Length;
        return true;
    }

    /// <summary>Sends all lines, those of one target with one call; what fails is judged line by line.</summary>
    /// <param name="thread">Whose sockets, and who judges.</param>
    public void Send(LogThread thread)
    {
        for (var first = 0; first < _count; first++)
        {
            if (_targets[first] is not { } target)
            {
                continue;
            }

            var length = 0;
            for (var i = first; i < _count; i++)
            {
                if (ReferenceEquals(_targets[i], target))
                {
                    _run[length++] = _lines[i];
                    _targets[i] = null;
                }
                else if (_targets[i] is { } other && other.Address.Bytes.SequenceEqual(target.Address.Bytes))
                {
                    // Two sections that log to one server: it gets their lines in the order in which they were written.
                    break;
                }
            }

            thread.Send(target, _bytes, _run.AsSpan(0, length));
        }

        _count = _used = 0;
    }
}
