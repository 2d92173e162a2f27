using Dropin.Compat.Haproxy.Start;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>Starts the programs of the <c>program</c> sections.</summary>
internal static class ProgramRunner
{
    /// <summary>Starts a program; its process number, or -1 when it has said why not.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">The environment as the files have left it (<c>setenv</c> and its like).</param>
    /// <param name="messages">Where mistakes are said.</param>
    internal static int Start(ProgramConfig program, ValueList<EnvironmentVariable> environment, Messages messages)
    {
        var path = Find(program.Command[0]);
        // The names were found when the files were read.
        var request = new SpawnRequest
        {
            Path = path,
            Arguments = [.. program.Command],
            Environment = [.. Surroundings(environment)],
            Descriptors = Standard,
            User = program.User is { } user && Identity.TryFindUser(user, out var number, out _) ? number : null,
            Group = program.Group is { } name && Identity.TryFindGroup(name, out var group) ? group : null,
        };
        var pid = Spawn.Start(request, out var failed, out var error);
        if (pid < 0)
            messages.Alert(failed switch
            {
                SpawnStep.Group => $"[{path}.main()] Cannot set gid {request.Group}.",
                SpawnStep.User => $"[{path}.main()] Cannot set uid {request.User}.",
                _ => $"Cannot execute {path}: {error.Text}",
            });
        return pid;
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
}
