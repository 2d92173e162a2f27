namespace Dropin.EndToEnd.Processes;

/// <summary>What clients saw.</summary>
internal sealed record SteadyOutcome(int Answered, IReadOnlyList<string> Failures);

/// <summary>Two clients that ask again and again over fresh connections, while something happens to the processes behind the port.</summary>
internal sealed class SteadyClients : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _failures = [];
    private readonly Task _running;
    private int _answered;

    public SteadyClients(ProcessCase test) => _running = Task.WhenAll(AskAsync(test), AskAsync(test));

    /// <summary>Lets them finish.</summary>
    public async Task<SteadyOutcome> EndAsync()
    {
        await _end.CancelAsync();
        await _running;
        return new SteadyOutcome(_answered, _failures);
    }

    public void Dispose() => _end.Dispose();

    private async Task AskAsync(ProcessCase test)
    {
        await Task.Yield();
        while (!_end.IsCancellationRequested)
        {
            var answer = await test.AskAsync();
            if (answer == ProcessCase.Answer)
                Interlocked.Increment(ref _answered);
            else
                lock (_failures)
                    _failures.Add(answer);
        }
    }
}
