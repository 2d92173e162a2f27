using System.Collections.Concurrent;

namespace Dropin.Tests.Support.Differential;

/// <summary>
/// Runs cases through one binary, a few at a time. Asking for one case starts its whole family, so that a test list that awaits its cases
/// one by one still runs them side by side.
/// </summary>
public sealed class CasePool(string binary) : IDisposable
{
    // Reading the pipes of a child process blocks a pool thread each; with the pool's slow growth scripts would be late for their timeouts.
    static CasePool() => ThreadPool.SetMinThreads(64, 64);

    private readonly SemaphoreSlim _slots = new(Parallelism);
    private readonly SemaphoreSlim _alone = new(1);
    private readonly ConcurrentDictionary<string, Task<string>> _runs = [];

    /// <summary>Cases at a time: most of a case is waiting. <c>DROPIN_CASES_AT_A_TIME</c> changes it.</summary>
    public static int Parallelism { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("DROPIN_CASES_AT_A_TIME"), out var number) ? number : 4;

    /// <summary>The transcript of a case.</summary>
    public Task<string> RunAsync(CaseFile file, bool withFamily = true)
    {
        var run = Start(file);
        if (withFamily)
            foreach (var other in CaseLibrary.All.Where(c => c.Family == file.Family))
                Start(other);
        return run;
    }

    /// <summary>
    /// The difference to the saved transcript, or null. A case that differs is run again, up to five times in all and the last three times
    /// by itself: on a busy machine a peer's pause can be longer than a timeout, and a real difference shows itself every time.
    /// </summary>
    public async Task<string?> JudgeAsync(CaseFile file, bool withFamily = true)
    {
        var difference = CaseVerdict.Difference(file, await RunAsync(file, withFamily).ConfigureAwait(false));
        for (var again = 0; difference is not null && again < 4 && File.Exists(file.ExpectedPath); again++)
            difference = CaseVerdict.Difference(file, await OneAsync(file, alone: again >= 1).ConfigureAwait(false));
        return difference;
    }

    public void Dispose()
    {
        _slots.Dispose();
        _alone.Dispose();
    }

    private Task<string> Start(CaseFile file) => _runs.GetOrAdd(file.Name, _ => OneAsync(file));

    // A case by itself takes every slot; one such at a time, lest two wait for each other's half.
    private async Task<string> OneAsync(CaseFile file, bool alone = false)
    {
        var wanted = alone ? Parallelism : 1;
        var taken = 0;
        if (alone)
            await _alone.WaitAsync().ConfigureAwait(false);
        try
        {
            for (; taken < wanted; taken++)
                await _slots.WaitAsync().ConfigureAwait(false);
            return await CaseRun.TranscriptAsync(file, binary).ConfigureAwait(false);
        }
        finally
        {
            if (taken > 0)
                _slots.Release(taken);
            if (alone)
                _alone.Release();
        }
    }
}
