using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir;

/// <summary>An external program that a master runs (<c>program</c> section, configuration manual 3.7).</summary>
public sealed record ProgramConfig
{
    /// <summary>The section's name.</summary>
    public required string Name { get; init; }

    /// <summary>The program and its words; looked up in PATH when it is no path.</summary>
    public required ValueList<string> Command { get; init; }

    /// <summary>The user to run it as.</summary>
    public string? User { get; init; }

    /// <summary>The group to run it as.</summary>
    public string? Group { get; init; }

    /// <summary>Whether a reload, which asks it to finish, starts it again (<c>option start-on-reload</c>).</summary>
    public bool StartOnReload { get; init; } = true;

    /// <summary>The section's line.</summary>
    public SourceSpan At { get; init; }
}
