using System.Collections.Concurrent;

namespace Dropin.Tests.Support.Peers;

/// <summary>Words that scripts of one case tell each other, so that their order is fixed without pauses.</summary>
public sealed class Signals
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _told = [];

    public void Tell(string word) => Of(word).TrySetResult();

    /// <summary>Waits until somebody has told the word; false at the deadline.</summary>
    public async Task<bool> HearAsync(string word, CancellationToken cancel)
    {
        var told = Of(word).Task;
        return await Task.WhenAny(told, Task.Delay(Limit, cancel)).ConfigureAwait(false) == told;
    }

    private TaskCompletionSource Of(string word) =>
        _told.GetOrAdd(word, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
