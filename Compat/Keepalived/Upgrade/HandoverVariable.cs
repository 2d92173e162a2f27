using System.Globalization;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>The variable by which an execution learns that it follows another one. It is taken away at once: scripts shall not inherit it.</summary>
/// <param name="IsRehearsal">It is only asked whether it could.</param>
/// <param name="Descriptor">Where the state lies; -1 for nowhere.</param>
internal readonly record struct HandoverVariable(bool IsRehearsal, int Descriptor)
{
    private const string Name = "DROPIN_KEEPALIVED_HANDOVER", RehearsalValue = "rehearsal";

    /// <summary>For the next executable, which is asked.</summary>
    internal const string ForRehearsal = Name + "=" + RehearsalValue;

    /// <summary>For the execution.</summary>
    internal static string For(int descriptor) => string.Create(CultureInfo.InvariantCulture, $"{Name}={descriptor}");

    /// <summary>What this execution was told.</summary>
    internal static HandoverVariable Take()
    {
        var value = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, null);
        return new HandoverVariable(value == RehearsalValue, int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) ? descriptor : -1);
    }
}
