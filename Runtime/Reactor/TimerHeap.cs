namespace Dropin.Runtime.Reactor;

/// <summary>A heap of four children a node; every task knows its place in it, so that it can be taken out.</summary>
internal sealed class TimerHeap
{
    private LoopTask[] _tasks = new LoopTask[256];
    private int _count;

    internal int Count => _count;

    /// <summary>The earliest key; <see cref="LoopTask.Never"/> where there is none.</summary>
    internal long NextKey => _count == 0 ? LoopTask.Never : _tasks[0].HeapKey;

    /// <summary>Puts a task at a key, which must be earlier than the one it has.</summary>
    internal void Place(LoopTask task, long key)
    {
        if (task.HeapIndex < 0)
        {
            if (_count == _tasks.Length)
            {
                Array.Resize(ref _tasks, _count * 2);
            }

            task.HeapIndex = _count++;
            _tasks[task.HeapIndex] = task;
        }

        task.HeapKey = key;
        Up(task.HeapIndex);
    }

    /// <summary>Takes the earliest task out where its key is not later than <paramref name="now"/>.</summary>
    internal LoopTask? TakeDue(long now)
    {
        if (_count == 0 || _tasks[0].HeapKey > now)
        {
            return null;
        }

        var due = _tasks[0];
        Remove(due);
        return due;
    }

    internal void Remove(LoopTask task)
    {
        var index = task.HeapIndex;
        if (index < 0)
        {
            return;
        }

        task.HeapIndex = -1;
        task.HeapKey = LoopTask.Never;
        var last = _tasks[--_count];
        _tasks[_count] = null!;
        if (!ReferenceEquals(last, task))
        {
            _tasks[index] = last;
            last.HeapIndex = index;
            Up(index);
            Down(last.HeapIndex);
        }
    }

    private void Up(int index)
    {
        var task = _tasks[index];
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (_tasks[parent].HeapKey <= task.HeapKey)
            {
                break;
            }

            _tasks[index] = _tasks[parent];
            _tasks[index].HeapIndex = index;
            index = parent;
        }

        _tasks[index] = task;
        task.HeapIndex = index;
    }

    private void Down(int index)
    {
        var task = _tasks[index];
        while (true)
        {
            var first = (index << 2) + 1;
            if (first >= _count)
            {
                break;
            }

            var least = first;
            var end = Math.Min(first + 4, _count);
            for (var child = first + 1; child < end; child++)
            {
                if (_tasks[child].HeapKey < _tasks[least].HeapKey)
                {
                    least = child;
                }
            }

            if (_tasks[least].HeapKey >= task.HeapKey)
            {
                break;
            }

            _tasks[index] = _tasks[least];
            _tasks[index].HeapIndex = index;
            index = least;
        }

        _tasks[index] = task;
        task.HeapIndex = index;
    }
}
