namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Maps and ACLs (management manual 9.3).</summary>
internal static class Patterns
{
    internal static void ShowAcls(CliCall call) => Show(call, "ACL");

    internal static void ShowMaps(CliCall call) => Show(call, "map");

    internal static void AddAcl(CliCall call) => Unknown(call, "ACL", 4, "'add acl' expects two parameters: ACL identifier and pattern.\n");

    internal static void AddMap(CliCall call) => Unknown(call, "map", call.Payload is null ? 5 : 3,
        "'add map' expects three parameters (map identifier, key and value) or one parameter (map identifier) and a payload\n");

    internal static void ClearAcl(CliCall call) => Unknown(call, "ACL", 3, "Missing ACL identifier.\n");

    internal static void ClearMap(CliCall call) => Unknown(call, "map", 3, "Missing map identifier.\n");

    internal static void CommitAcl(CliCall call) => Unknown(call, "ACL", 4, "Missing ACL identifier.\n");

    internal static void CommitMap(CliCall call) => Unknown(call, "map", 4, "Missing map identifier.\n");

    internal static void DeleteAcl(CliCall call) => Unknown(call, "map", 3, "This command expects two parameters: ACL identifier and key.\n");

    internal static void DeleteMap(CliCall call) => Unknown(call, "map", 3, "This command expects two parameters: map identifier and key.\n");

    internal static void GetAcl(CliCall call) => Unknown(call, "ACL", 4, "Missing ACL identifier and/or key.\n");

    internal static void GetMap(CliCall call) => Unknown(call, "map", 4, "Missing map identifier and/or key.\n");

    internal static void PrepareAcl(CliCall call) => Unknown(call, "ACL", 3, "Missing ACL identifier.\n");

    internal static void PrepareMap(CliCall call) => Unknown(call, "map", 3, "Missing map identifier.\n");

    internal static void SetMap(CliCall call) => Unknown(call, "map", 5, "'set map' expects three parameters: map identifier, key and value.\n");

    private static void Show(CliCall call, string kind)
    {
        if (call.Word(2).Length > 0)
            Unknown(call, kind, 0, "");
        else
            call.Output.Append("# id (file) description\n");
    }

    private static void Unknown(CliCall call, string kind, int words, string usage) =>
        call.Fail(call.Words.Length < words ? usage : $"Unknown {kind} identifier. Please use #<id> or <file>.\n");
}
