using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>A file of patterns, already read.</summary>
/// <param name="File">Its name, the identity of the list at run time: whoever names the same file shares the list.</param>
/// <param name="Lines">In the order of the file.</param>
public sealed record PatternFileConfig(string File, ValueList<PatternLine> Lines);

/// <summary>An entry of a list of patterns or of a map.</summary>
/// <param name="Pattern">What samples are compared with.</param>
/// <param name="Key">The pattern as written.</param>
/// <param name="Value">A map's value as written; null in a list of patterns alone.</param>
public sealed record PatternLine(AclPattern Pattern, string Key, string? Value);

/// <summary>A place in the files that uses a list of patterns. All of them in their order give the lists of the running process, with their numbers.</summary>
/// <param name="File">The file; null for patterns written in the line itself.</param>
/// <param name="UniqueId">The list's number as the line wishes it (<c>-u</c>); -1 none.</param>
/// <param name="Keyword">The ACL's keyword.</param>
/// <param name="Acl">The ACL; null for a map.</param>
/// <param name="Map">The map; null for an ACL.</param>
/// <param name="HasValues">The file has a value behind each key.</param>
/// <param name="Lines">The entries.</param>
/// <param name="At">The line.</param>
public sealed record PatternUse(
    string? File, int UniqueId, string Keyword, AclConfig? Acl, MapConfig? Map, bool HasValues, ValueList<PatternLine> Lines, SourceSpan At);
