using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>Carries a command out; what it says goes into the call.</summary>
internal delegate ValueTask CliHandler(CliCall call);

/// <summary>One command.</summary>
internal sealed class CliCommand
{
    internal CliCommand(string words, string usage, string meaning, CliLevel level, CliHandler run)
    {
        Words = words.Split(' ');
        (Usage, Meaning, Level, Run) = (usage, meaning, level, run);
    }

    internal CliCommand(string words, string usage, string meaning, CliLevel level, Action<CliCall> run)
        : this(words, usage, meaning, level, call =>
        {
            run(call);
            return ValueTask.CompletedTask;
        })
    {
    }

    /// <summary>The words it begins with.</summary>
    internal string[] Words { get; }

    /// <summary>The words as <c>help</c> shows them.</summary>
    internal string Usage { get; }

    /// <summary>What <c>help</c> says it does.</summary>
    internal string Meaning { get; }

    /// <summary>The least level that may use it.</summary>
    internal CliLevel Level { get; }

    /// <summary>Carries it out.</summary>
    internal CliHandler Run { get; }

    /// <summary>How many of its words a line begins with.</summary>
    internal int Matches(ReadOnlySpan<string> line)
    {
        var count = 0;
        while (count < Words.Length && count < line.Length && Words[count] == line[count])
            count++;
        return count;
    }
}
