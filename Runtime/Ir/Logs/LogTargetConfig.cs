using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Logs;

/// <summary>Where log lines go (configuration manual 4.2, <c>log</c>).</summary>
public sealed record LogTargetConfig
{
    /// <summary>An IP address with port (UDP), a Unix datagram socket, a descriptor.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>The name of a ring; null where <see cref="Endpoint"/> is set.</summary>
    public string? Ring { get; init; }

    /// <summary>The syslog facility, 0 to 23.</summary>
    public int Facility { get; init; }

    /// <summary>The highest level sent, 0 (emerg) to 7 (debug).</summary>
    public int MaxLevel { get; init; } = 7;

    /// <summary>Levels more severe than this one are sent as this one.</summary>
    public int MinLevel { get; init; }

    /// <summary>The line's form.</summary>
    public LogLineFormat Format { get; init; } = LogLineFormat.Unspecified;

    /// <summary>Most bytes of a line. Default 1024.</summary>
    public int MaxLength { get; init; } = 1024;

    /// <summary>Which lines of each run are sent (<c>sample ranges:size</c>); null all.</summary>
    public LogSample? Sample { get; init; }

    /// <summary>Its place.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>Which lines of each <paramref name="Size"/> lines are sent.</summary>
public sealed record LogSample(ValueList<LogSampleRange> Ranges, int Size);

/// <summary>A range of line numbers from 1.</summary>
public sealed record LogSampleRange(int First, int Last);

/// <summary>The forms of a log line.</summary>
public enum LogLineFormat
{
    /// <summary>The default of the target's kind.</summary>
    Unspecified,

    /// <summary><c>local</c></summary>
    Local,

    /// <summary><c>rfc3164</c></summary>
    Rfc3164,

    /// <summary><c>rfc5424</c></summary>
    Rfc5424,

    /// <summary><c>priority</c></summary>
    Priority,

    /// <summary><c>short</c></summary>
    Short,

    /// <summary><c>timed</c></summary>
    Timed,

    /// <summary><c>iso</c></summary>
    Iso,

    /// <summary><c>raw</c></summary>
    Raw,
}

/// <summary>A <c>ring</c> section.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Free text.</param>
/// <param name="Format">The form of its lines.</param>
/// <param name="MaxLength">Most bytes of a line.</param>
/// <param name="Size">Bytes of the ring.</param>
public sealed record RingConfig(string Name, string? Description, LogLineFormat Format, int MaxLength, int Size);
