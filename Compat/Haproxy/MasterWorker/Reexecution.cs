using Dropin.Compat.Haproxy.Start;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>
/// How a master survives its own reload: it executes its file again under the same process number, with its family in the environment and the
/// descriptors of its workers and of its CLI left open. Names and forms of the variables and of the words are the original's.
/// </summary>
internal static class Reexecution
{
    /// <summary>Set in a master that was executed again.</summary>
    internal const string AgainVariable = "HAPROXY_MWORKER_REEXEC";

    /// <summary>Set in a master that shall only watch, since the files are wrong.</summary>
    internal const string WaitOnlyVariable = "HAPROXY_MWORKER_WAIT_ONLY";

    /// <summary>Numbers of the CLI's listening sockets which stay open, so that no connection to the CLI is refused meanwhile. Ours alone.</summary>
    internal const string CliVariable = "DROPIN_MASTER_CLI";

    /// <summary>The words for the next execution: the old processes and where to fetch their sockets, then the operator's own words.</summary>
    internal static IReadOnlyList<string> Words(IReadOnlyList<string> words, Family family, IEnumerable<int> pidsToStop)
    {
        List<string> next = [];
        var pids = pidsToStop.Select(pid => pid.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        if (pids.Count > 0)
            next.AddRange(["-sf", .. pids]);
        if (family.CurrentWorker is { Descriptor: >= 0 } worker)
            next.AddRange(["-x", "sockpair@" + worker.Descriptor.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        next.AddRange(WithoutHandover(words));
        return next;
    }

    /// <summary>The words without <c>-sf</c>, <c>-st</c> and <c>-x</c>, which belong to one execution only.</summary>
    internal static IReadOnlyList<string> WithoutHandover(IReadOnlyList<string> words)
    {
        List<string> kept = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                kept.AddRange(words.Skip(i));
                break;
            }
            if (words[i] is "-sf" or "-st")
            {
                while (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
                    i++;
            }
            else if (words[i].StartsWith("-x", StringComparison.Ordinal))
            {
                i++;
            }
            else
            {
                kept.Add(words[i]);
                if (TakesValue(words[i]) && i + 1 < words.Count)
                    kept.Add(words[++i]);
            }
        }
        return kept;
    }

    /// <summary>Executes again. Returns only when that failed.</summary>
    internal static SysError Run(Invocation invocation, Family family, IReadOnlyList<MasterCliListener> listeners, IReadOnlyList<string> words)
    {
        Environment.SetEnvironmentVariable(Family.Variable, family.ToEnvironment());
        Environment.SetEnvironmentVariable(AgainVariable, "1");
        Environment.SetEnvironmentVariable(WaitOnlyVariable, null);
        Environment.SetEnvironmentVariable(CliVariable, string.Join(',', listeners.Select(listener => listener.Descriptor)));
        foreach (var child in family.Children)
            if (child.Descriptor >= 0)
                _ = Descriptors.SetInherited(child.Descriptor, true);
        foreach (var listener in listeners)
            _ = Descriptors.SetInherited(listener.Descriptor, true);
        return Spawn.Become(invocation.NextExecutable, [invocation.ProgramName, .. words], SystemName.Surroundings().ToArray());
    }

    private static bool TakesValue(string word) => word.Length > 1 && (word[1] is 'C' or 'f' or 'L' or 'm' or 'n' or 'N' or 'p' or 'S'
        || word.StartsWith("-cc", StringComparison.Ordinal));
}
