using Dropin.Compat.Haproxy.Start;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>Starts the programs of the <c>program</c> sections.</summary>
internal static class ProgramRunner
{
    /// <summary>The variable in which a process that changes its user first finds what to do; see <see cref="BecomeIfAsked"/>.</summary>
    private const string Variable = "DROPIN_PROGRAM";

    /// <summary>Starts a program; its process number, or -1 with the reason.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">The environment as the files have left it (<c>setenv</c> and its like).</param>
    /// <param name="error">Why it could not be started.</param>
    internal static int Start(ProgramConfig program, ValueList<EnvironmentVariable> environment, out SysError error)
    {
        var path = Find(program.Command[0]);
        if (program.User == null && program.Group == null)
        {
            return Spawn.Start(
                new SpawnRequest
                {
                    Path = path, Arguments = [.. program.Command], Environment = [.. Surroundings(environment)], Descriptors = Standard,
                },
                out error);
        }
        // posix_spawn cannot change the user; so this program starts itself, changes it and becomes the other one.
        return Spawn.Start(
            new SpawnRequest
            {
                Path = ExecutableFile.This,
                Arguments = [.. program.Command],
                Environment = [.. Surroundings(environment), $"{Variable}={program.User}\n{program.Group}\n{path}"],
                Descriptors = Standard,
            },
            out error);
    }

    /// <summary>Becomes the program that the environment names; the exit status when that fails, null when it names none.</summary>
    internal static int? BecomeIfAsked(Messages messages)
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (text == null)
            return null;
        Environment.SetEnvironmentVariable(Variable, null);
        var parts = text.Split('\n');
        if (parts[1].Length > 0 && !(Identity.TryFindGroup(parts[1], out var group) && Identity.SetGroups([group]).IsNone && Identity.SetGroup(group).IsNone))
            return Fail(messages, $"Cannot set the group '{parts[1]}' of program '{parts[2]}'.");
        if (parts[0].Length > 0 && !(Identity.TryFindUser(parts[0], out var user, out _) && Identity.SetUser(user).IsNone))
            return Fail(messages, $"Cannot set the user '{parts[0]}' of program '{parts[2]}'.");
        var error = Spawn.Become(parts[2], SystemName.CommandLine(), SystemName.Surroundings().ToArray());
        return Fail(messages, $"Cannot execute '{parts[2]}': {error.Text}.");
    }

    private static readonly IReadOnlyList<(int, int)> Standard = [(0, 0), (1, 1), (2, 2)];

    /// <summary>The environment without what is the master's own business.</summary>
    private static IEnumerable<string> Surroundings(ValueList<EnvironmentVariable> environment) => environment
        .Where(variable => !variable.Name.StartsWith("DROPIN_", StringComparison.Ordinal) && variable.Name != Family.Variable)
        .Select(variable => $"{variable.Name}={variable.Value}");

    private static string Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return name;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':'))
            if (File.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        return name;
    }

    private static int Fail(Messages messages, string text)
    {
        messages.Alert(text);
        return 1;
    }
}
