using System.Reflection;
using System.Text.RegularExpressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests;

/// <summary>
/// Law 2: no word of a file is silently ignored. What the front ends read stands in the records of Runtime/Ir; so each property of them is read by
/// the engine or by an executable, each action and check step is carried out, and nothing of the live state is kept for nobody.
/// </summary>
/// <remarks>
/// The compiled assemblies are asked, not the sources: who reads a property calls its getter, whatever others are named like it. What is read and
/// obeyed wrongly is the business of the differential cases.
/// </remarks>
public sealed class ObeyedConfigurationTests
{
    private static readonly CompiledCode Code = new(
        AppContext.BaseDirectory, "Dropin.Runtime", "Dropin.Runtime.Protocols", "Dropin.Runtime.Sys", "Dropin.Compat.Process", "Dropin.Compat.Logging", "haproxy", "keepalived");

    private const string FrontEnd = "the front end is done with it when the file is read";
    private const string Refused = "only words that are refused by name set it";
    private const string Written = "dumps and log write what it means; one that is written otherwise counts as another one at a reload";

    private static readonly Dictionary<string, string> NotRead = new()
    {
        ["At"] = "the line, for messages while the file is read",
        ["Expressions.AclConfig.Name"] = FrontEnd,
        ["Expressions.AclConfig.UniqueId"] = FrontEnd,
        ["Expressions.PatternFileConfig.File"] = FrontEnd,
        ["Expressions.SampleExpression.Text"] = FrontEnd,
        ["Expressions.TableArgument.Name"] = Refused,
        ["Expressions.VariableName.Name"] = FrontEnd,
        ["Health.HttpSendStep.MethodGiven"] = FrontEnd,
        ["Health.HttpSendStep.VersionGiven"] = FrontEnd,
        ["NamedEndpoint.Family"] = FrontEnd,
        ["NamedEndpoint.Name"] = FrontEnd,
        ["Proxy.GlobalConfig.ExternalCheck"] = FrontEnd,
        ["Proxy.RawErrorAnswer.File"] = FrontEnd,
        ["Proxy.TuneConfig.CookieLength"] = FrontEnd,
        ["Rules.NormalizeUriAction.Full"] = Refused,
        ["Rules.NormalizeUriAction.Normalizer"] = Refused,
        ["Rules.NormalizeUriAction.Strict"] = Refused,
        ["Rules.UseServiceAction.Service"] = Refused,
        ["Vrrp.KeepalivedConfig.BfdInstances"] = Refused,
        ["Vrrp.KeepalivedConfig.CheckTls"] = Refused,
        ["Vrrp.KeepalivedConfig.VirtualServers"] = Refused,
        ["Vrrp.RouteConfig.Line"] = Written,
        ["Vrrp.RoutingRuleConfig.Line"] = Written,
    };

    /// <summary>Switches of a proxy whose words are accepted, with the reason that the registry gives.</summary>
    private static readonly string[] AcceptedSwitches = ["None", "Splice", "DisableH2Upgrade", "ContinuousStats", "NoDelay"];

    /// <summary>Switches that another property says as well, that no word sets any more, or only one that is refused.</summary>
    private static readonly string[] OtherSwitches = ["Transparent", "HttpProxy", "LogByOption"];

    [Fact]
    public void Every_property_of_the_configuration_is_read_by_who_obeys_it()
    {
        var unread = Records().SelectMany(type => type.GetProperties(Declared), (type, property) => (type, property))
            .Where(p => p.property.GetMethod is { IsVirtual: false } && !Code.Uses(p.type, p.property.GetMethod.Name))
            .Select(p => $"{p.type.FullName!["Dropin.Runtime.Ir.".Length..]}.{p.property.Name}")
            .Where(name => !NotRead.ContainsKey(name) && !NotRead.ContainsKey(name[(name.LastIndexOf('.') + 1)..]));
        string.Join('\n', unread.Order(StringComparer.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void The_list_of_what_is_not_read_names_nothing_that_is_read_or_gone()
    {
        var known = Records().SelectMany(type => type.GetProperties(Declared), (type, property) => (type, property))
            .Where(p => p.property.GetMethod is { } getter && !Code.Uses(p.type, getter.Name))
            .Select(p => $"{p.type.FullName!["Dropin.Runtime.Ir.".Length..]}.{p.property.Name}");
        NotRead.Keys.Where(name => name != "At").Except(known).Should().BeEmpty();
    }

    [Fact]
    public void Every_switch_of_a_proxy_is_asked_for_by_the_engine_or_accepted_with_a_reason()
    {
        var sources = string.Concat(Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && (file.StartsWith("Compat/", StringComparison.Ordinal)
                || (file.StartsWith("Runtime/", StringComparison.Ordinal) && !file.StartsWith("Runtime/Ir/", StringComparison.Ordinal))))
            .Select(file => File.ReadAllText(Repository.PathOf(file))));
        Enum.GetNames<ProxyOptions>().Except([.. AcceptedSwitches, .. OtherSwitches])
            .Where(name => !Regex.IsMatch(sources, $@"\bProxyOptions\.{name}\b"))
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_action_of_a_rule_and_every_step_of_a_check_is_known_to_the_engine()
    {
        var kinds = Records().Where(type => !type.IsAbstract && (type.IsAssignableTo(typeof(RuleAction)) || type.IsAssignableTo(typeof(CheckStep))));
        kinds.Where(type => !Code.Names(type)).Select(type => type.Name).Except([nameof(NormalizeUriAction), nameof(UseServiceAction)]).Should().BeEmpty();
    }

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Records() => typeof(Dropin.Runtime.Ir.Duration).Assembly.GetTypes()
        .Where(type => type.IsPublic && !type.IsEnum && type.Namespace is not ("Dropin.Runtime.Ir.Bfd" or "Dropin.Runtime.Ir.Ipvs" or "Dropin.Runtime.Ir.Source"));
}
