using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>authentication</c>.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_authenticationType = FindingKind.Warning("authentication-type", "({0}) unknown authentication type '{1}'");
    private static readonly DiagnosticDescriptor s_truncated = FindingKind.Warning("authentication-password", "Truncating auth_pass to 8 characters");

    private static readonly KeywordTable s_authentication = new KeywordTable("vrrp_instance > authentication")
        .Executed("auth_type", AuthenticationType)
        .Executed("auth_pass", Password);

    private static void AddAuthentication(KeywordTable table) => table.Block("authentication", s_authentication, _ => { });

    private static void AuthenticationType(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        switch (word)
        {
            case "PASS": Of(s).Authentication = AuthenticationKind.Password; break;
            case "AH": Of(s).Authentication = AuthenticationKind.Header; break;
            default: s.Report(s_authenticationType, Of(s).Name, word); break;
        }
    }

    private static void Password(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (word.Length > 8)
        {
            s.Report(s_truncated);
            word = word[..8];
        }

        Of(s).Password = word;
    }
}
