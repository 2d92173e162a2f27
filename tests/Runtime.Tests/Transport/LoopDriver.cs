using System.Runtime.ExceptionServices;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Tests.Transport;

/// <summary>Turns a loop on a thread of the test's own.</summary>
/// <remarks>
/// The test framework's threads have a synchronization context and a task scheduler, which would hand what awaits to the
/// thread pool; a loop's thread has neither, and no more has this one.
/// </remarks>
internal sealed class LoopDriver
{
    private LoopDriver()
    {
    }

    internal Loop Loop { get; } = new(0, 16384, 64);

    /// <summary>Runs the body of a test with a loop.</summary>
    internal static void Run(Action<LoopDriver> body)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            var driver = new LoopDriver();
            try
            {
                body(driver);
            }
#pragma warning disable CA1031 // Whatever it is, the test's thread throws it again.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
            finally
            {
                driver.Loop.Dispose();
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>A deadline so many milliseconds from now.</summary>
    internal long In(int milliseconds) => Loop.NowMilliseconds + milliseconds;

    /// <summary>Turns until the task has ended.</summary>
    internal T Finish<T>(ValueTask<T> task)
    {
        var running = task.AsTask();
        Until(() => running.IsCompleted);
        return running.GetAwaiter().GetResult();
    }

    /// <summary>Turns until something holds; gives up after ten seconds.</summary>
    internal void Until(Func<bool> holds)
    {
        var end = Environment.TickCount64 + 10_000;
        while (!holds())
        {
            if (Environment.TickCount64 > end)
            {
                throw new TimeoutException("what was waited for did not happen");
            }

            Loop.Turn(1);
        }
    }
}
