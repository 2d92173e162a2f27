namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>What a CLI session may ask of its master.</summary>
internal interface IMasterControl
{
    /// <summary>The family.</summary>
    Family Family { get; }

    /// <summary>The wall clock, seconds since 1970.</summary>
    long Now { get; }

    /// <summary>Starts a reload as soon as the session's answers are out.</summary>
    void AskReload();
}
