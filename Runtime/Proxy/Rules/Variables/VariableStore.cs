using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Variables;

/// <summary>The variables of one scope of one session, stream or process (configuration manual 2.8).</summary>
/// <remarks>
/// Names are numbers given when the configuration is compiled. A stream has few variables, so they are searched in a row; their bytes lie one
/// behind the other in a buffer that is kept, and are moved together when the garbage of overwritten values outweighs them.
/// </remarks>
public sealed class VariableStore
{
    private struct Entry
    {
        public int Id;
        public SampleType Type;
        public long Number;
        public int Start;
        public int Length;
        public int Room;
    }

    private Entry[] _entries = [];
    private int _count;
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Forgets everything; keeps the room.</summary>
    public void Clear() => _count = _used = 0;

    /// <summary>Whether a variable exists.</summary>
    public bool Has(int id) => IndexOf(id) >= 0;

    /// <summary>Reads a variable.</summary>
    public bool TryGet(int id, ref Sample sample)
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return false;
        }

        ref readonly var entry = ref _entries[index];
        sample.Type = entry.Type;
        sample.Number = entry.Number;
        sample.Bytes = _bytes.AsSpan(entry.Start, entry.Length);
        return true;
    }

    /// <summary>Sets a variable; the value is copied.</summary>
    public void Set(int id, in Sample sample)
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, Math.Max(8, _count * 2));
            }

            index = _count++;
            _entries[index] = new Entry { Id = id };
        }

        ref var entry = ref _entries[index];
        var length = sample.Type is SampleType.Bool or SampleType.Integer ? 0 : sample.Bytes.Length;
        if (length > entry.Room)
        {
            // The value may lie in this very buffer; the old one stays readable until the copy is made.
            var old = _bytes;
            Reserve(length, index);
            sample.Bytes.CopyTo(_bytes.AsSpan(_used));
            entry.Start = _used;
            entry.Room = length;
            _used += length;
            GC.KeepAlive(old);
        }
        else if (length > 0)
        {
            sample.Bytes.CopyTo(_bytes.AsSpan(entry.Start));
        }

        entry.Length = length;
        entry.Type = sample.Type;
        entry.Number = sample.Number;
    }

    /// <summary>Forgets a variable.</summary>
    public void Remove(int id)
    {
        var index = IndexOf(id);
        if (index >= 0)
        {
            _entries[index] = _entries[--_count];
        }
    }

    private int IndexOf(int id)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private void Reserve(int length, int growing)
    {
        if (_used + length <= _bytes.Length)
        {
            return;
        }

        var live = 0;
        for (var i = 0; i < _count; i++)
        {
            live += i == growing ? 0 : _entries[i].Length;
        }

        var target = new byte[Math.Max(256, (live + length) * 2)];
        _used = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            if (i == growing)
            {
                continue;
            }

            _bytes.AsSpan(entry.Start, entry.Length).CopyTo(target.AsSpan(_used));
            entry.Start = _used;
            entry.Room = entry.Length;
            _used += entry.Length;
        }

        _bytes = target;
    }
}

/// <summary>The variables of the process. Threads share them, so each use is short and under a lock.</summary>
public sealed class ProcessVariables
{
    private readonly VariableStore _store = new();
    private readonly Lock _gate = new();

    /// <summary>Reads a variable; its bytes are copied to the subject's scratch.</summary>
    public bool TryGet(RuleSubject subject, int id, ref Sample sample)
    {
        lock (_gate)
        {
            if (!_store.TryGet(id, ref sample))
            {
                return false;
            }

            sample.Bytes = subject.Scratch.Copy(sample.Bytes);
            return true;
        }
    }

    /// <summary>Sets a variable.</summary>
    public void Set(int id, in Sample sample)
    {
        lock (_gate)
        {
            _store.Set(id, sample);
        }
    }

    /// <summary>Forgets a variable.</summary>
    public void Remove(int id)
    {
        lock (_gate)
        {
            _store.Remove(id);
        }
    }

    /// <summary>Whether a variable exists.</summary>
    public bool Has(int id)
    {
        lock (_gate)
        {
            return _store.Has(id);
        }
    }
}
