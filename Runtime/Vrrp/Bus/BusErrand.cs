namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>What somebody on the bus wants done.</summary>
public enum BusErrand
{
    /// <summary>Nothing: the answer was all.</summary>
    None,

    /// <summary>Write configuration and state into the file of dumps (<c>PrintData</c>).</summary>
    PrintData,

    /// <summary>Write the counters (<c>PrintStats</c>).</summary>
    PrintStatistics,

    /// <summary>Write the counters and let them begin at 0 (<c>PrintStatsClear</c>).</summary>
    PrintAndClearStatistics,

    /// <summary>Read the configuration again (<c>ReloadConfig</c>).</summary>
    Reload,

    /// <summary>Announce the addresses of an instance once (<c>SendGarp</c>).</summary>
    Announce,
}
