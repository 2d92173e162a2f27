using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>The formats of a section, compiled; null where it has none.</summary>
internal sealed class ProxyFormats
{
    /// <summary>How traffic is logged.</summary>
    public LogFormat? Log { get; set; }

    /// <summary>How failed connections are logged.</summary>
    public LogFormat? ErrorLog { get; set; }

    /// <summary>Structured data of RFC 5424.</summary>
    public LogFormat? StructuredData { get; set; }

    /// <summary>The unique id of a request.</summary>
    public LogFormat? UniqueId { get; set; }

    /// <summary>The expression of <c>balance hash</c>.</summary>
    public SampleExpression? Hash { get; set; }
}
