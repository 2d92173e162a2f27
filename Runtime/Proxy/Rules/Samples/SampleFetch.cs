namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Takes a value from the traffic.</summary>
public abstract class SampleFetch
{
    /// <summary>Takes the value; false where there is none.</summary>
    public abstract bool TryGet(RuleSubject subject, ref Sample sample);

    /// <summary>
    /// Takes the next of several values, as ACLs do: the first with a cursor of 0. The end is false.
    /// </summary>
    public virtual bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor) => cursor++ == 0 && TryGet(subject, ref sample);
}

/// <summary>Takes a value; false where there is none.</summary>
public delegate bool SampleGetter(RuleSubject subject, ref Sample sample);

/// <summary>A fetch that needs nothing but the subject.</summary>
public sealed class PlainFetch(SampleGetter getter) : SampleFetch
{
    /// <inheritdoc/>
    public override bool TryGet(RuleSubject subject, ref Sample sample) => getter(subject, ref sample);
}

/// <summary>Changes a value.</summary>
public abstract class SampleConverter
{
    /// <summary>The type it takes.</summary>
    public abstract Ir.Expressions.SampleType Input { get; }

    /// <summary>Changes the value, which has the right type; false where nothing is left.</summary>
    public abstract bool TryConvert(RuleSubject subject, ref Sample sample);
}

/// <summary>Changes a value; false where nothing is left.</summary>
public delegate bool SampleChange(RuleSubject subject, ref Sample sample);

/// <summary>A converter without arguments of its own.</summary>
public sealed class PlainConverter(Ir.Expressions.SampleType input, SampleChange change) : SampleConverter
{
    /// <inheritdoc/>
    public override Ir.Expressions.SampleType Input => input;

    /// <inheritdoc/>
    public override bool TryConvert(RuleSubject subject, ref Sample sample) => change(subject, ref sample);
}
