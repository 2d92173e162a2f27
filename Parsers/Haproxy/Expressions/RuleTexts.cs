using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Findings about rules, ACLs and conditions. A mistake in a rule of HTTP ends the reading of the file, as it does in the original.</summary>
internal static class RuleTexts
{
    public static readonly DiagnosticDescriptor UnknownHttpAction = DiagnosticDescriptor.Stop(
        "unknown-action", "'{0}' expects {1}, but got '{2}'{3}.{4}", DiagnosticPlace.ParsingTight);

    public static readonly DiagnosticDescriptor BadHttpAction =
        DiagnosticDescriptor.Stop("bad-action", "error detected in {0} '{1}' while parsing '{2} {3}' rule : {4}.");

    /// <summary>An action that is good and that we do not have: reading goes on, to name the others as well.</summary>
    public static readonly DiagnosticDescriptor RefusedHttpAction =
        DiagnosticDescriptor.Error("not-executed", "error detected in {0} '{1}' while parsing '{2} {3}' rule : {4}.");

    public static readonly DiagnosticDescriptor BadHttpCondition =
        DiagnosticDescriptor.Stop("bad-condition", "error detected while parsing an '{0} {1}' condition : {2}.");

    public static readonly DiagnosticDescriptor HttpConditionExpected = DiagnosticDescriptor.Stop(
        "condition-expected",
        "'{0} {1}' expects either 'if' or 'unless' followed by a condition but found '{2}'.",
        DiagnosticPlace.ParsingTight);

    public static readonly DiagnosticDescriptor Experimental = DiagnosticDescriptor.Stop(
        "experimental", "'{0}' action is experimental, must be allowed via a global 'expose-experimental-directives'");

    public static readonly DiagnosticDescriptor BadRedirect =
        DiagnosticDescriptor.Error("bad-action", "error detected in {0} '{1}' while parsing redirect rule : {2}.");

    public static readonly DiagnosticDescriptor BadAcl = DiagnosticDescriptor.Error("bad-acl", "error detected while parsing ACL '{0}' : {1}.");

    public static readonly DiagnosticDescriptor BadAclName =
        DiagnosticDescriptor.Error("bad-acl-name", "character '{0}' is not permitted in acl name '{1}'.");

    public static readonly DiagnosticDescriptor AclNamedOr = DiagnosticDescriptor.Error(
        "acl-named-or", "acl name 'or' will never match. 'or' is used to express a logical disjunction within a condition.");

    public static readonly DiagnosticDescriptor BadSwitching =
        DiagnosticDescriptor.Error("bad-condition", "error detected while parsing switching rule : {0}.");

    public static readonly DiagnosticDescriptor BadSwitchingFormat = DiagnosticDescriptor.Error(
        "bad-format", "failed to parse use_backend rule '{0}' : {1}.", DiagnosticPlace.ParsingCapital);

    public static readonly DiagnosticDescriptor BackendNameExpected =
        DiagnosticDescriptor.Error("backend-expected", "'{0}' expects a backend name.");

    public static readonly DiagnosticDescriptor SwitchingCondition = DiagnosticDescriptor.Error(
        "condition-expected", "unexpected keyword '{0}' after switching rule, only 'if' and 'unless' are allowed.");

    public static readonly DiagnosticDescriptor ServerNameExpected =
        DiagnosticDescriptor.Error("server-expected", "'{0}' expects a server name.");

    public static readonly DiagnosticDescriptor ConditionRequired =
        DiagnosticDescriptor.Error("condition-expected", "'{0}' requires either 'if' or 'unless' followed by a condition.");

    public static readonly DiagnosticDescriptor BadPersist =
        DiagnosticDescriptor.Error("bad-condition", "error detected while parsing a '{0}' rule : {1}.");

    public static readonly DiagnosticDescriptor PlacedAfter =
        DiagnosticDescriptor.Warning("rule-order", "a '{0}' rule placed after {2} '{1}' rule will still be processed before.");

    public static readonly DiagnosticDescriptor TcpArgumentMissing =
        DiagnosticDescriptor.Error("argument-missing", "missing argument for '{0}' in {1} '{2}'");

    public static readonly DiagnosticDescriptor TcpRequestExpects = DiagnosticDescriptor.Error(
        "unknown-action", "'tcp-request' expects 'inspect-delay', 'connection', or 'content' in {0} '{1}' (got '{2}')");

    public static readonly DiagnosticDescriptor TcpResponseExpects = DiagnosticDescriptor.Error(
        "unknown-action", "'tcp-response' expects 'inspect-delay' or 'content' in {0} '{1}' (got '{2}')");

    public static readonly DiagnosticDescriptor TcpActionExpected =
        DiagnosticDescriptor.Error("unknown-action", "'{0} {1}' expects {2} in {3} '{4}' (got '{5}').{6}");

    public static readonly DiagnosticDescriptor TcpOnlyConditions =
        DiagnosticDescriptor.Error("condition-expected", "'{0}' only accepts 'if' or 'unless', in {1} '{2}' (got '{3}')");

    public static readonly DiagnosticDescriptor TcpBadCondition = DiagnosticDescriptor.Error(
        "bad-condition", "'{0}' : error detected in {1} '{2}' while parsing '{3}' condition : {4}");

    public static readonly DiagnosticDescriptor TcpNotFrontend =
        DiagnosticDescriptor.Error("needs-frontend", "{0} is not allowed because {1} {2} is not a frontend");

    public static readonly DiagnosticDescriptor TcpOnlyBackend =
        DiagnosticDescriptor.Error("needs-backend", "{0} is only allowed in 'backend' sections or 'defaults' section with a name");

    public static readonly DiagnosticDescriptor InspectDelay = DiagnosticDescriptor.Error(
        "bad-time", "'{0} inspect-delay' expects a positive delay in milliseconds, in {1} '{2}'{3}");
}
