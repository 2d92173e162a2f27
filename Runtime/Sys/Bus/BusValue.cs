using System.Text;

namespace Dropin.Runtime.Sys.Bus;

/// <summary>A value as a D-Bus message carries it (D-Bus Specification, "Type System"): the few types that are spoken here.</summary>
public abstract record BusValue
{
    /// <summary>Its type in D-Bus's letters.</summary>
    public abstract string Signature { get; }
}

/// <summary>A text (<c>s</c>).</summary>
/// <param name="Text">The text.</param>
public sealed record BusText(string Text) : BusValue
{
    /// <inheritdoc/>
    public override string Signature => "s";
}

/// <summary>A number of 32 bits without a sign (<c>u</c>).</summary>
/// <param name="Number">The number.</param>
public sealed record BusNumber(uint Number) : BusValue
{
    /// <inheritdoc/>
    public override string Signature => "u";
}

/// <summary>Values in a row (<c>(…)</c>).</summary>
/// <param name="Fields">At least one.</param>
public sealed record BusStructure(params BusValue[] Fields) : BusValue
{
    /// <inheritdoc/>
    public override string Signature => $"({Inner})";

    /// <summary>The types of the fields alone.</summary>
    internal string Inner
    {
        get
        {
            var letters = new StringBuilder();
            foreach (var part in Fields)
            {
                letters.Append(part.Signature);
            }

            return letters.ToString();
        }
    }
}

/// <summary>A value that says its own type (<c>v</c>).</summary>
/// <param name="Value">The value.</param>
public sealed record BusVariant(BusValue Value) : BusValue
{
    /// <inheritdoc/>
    public override string Signature => "v";
}

/// <summary>Named values of any type (<c>a{sv}</c>).</summary>
/// <param name="Entries">The names and values; may be empty.</param>
public sealed record BusDictionary(params (string Name, BusValue Value)[] Entries) : BusValue
{
    /// <inheritdoc/>
    public override string Signature => "a{sv}";
}
