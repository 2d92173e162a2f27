using System.Collections.Frozen;

namespace Dropin.Compat.Haproxy.Cli;

/// <content>Which commands are listed first where several resemble a line equally: found by asking the original for what it thinks of some two thousand lines.</content>
internal static partial class CliHelp
{
    private const string Preferred =
        "enable health|abort ssl cert|new ssl cert|add ssl crt-list|set maxconn global|set ssl tls-key|get weight|disable dynamic-cookie backend|"
        + "new ssl ca-file|set ssl ca-file|show ssl crt-list|show tls-keys|show activity|show ssl providers|del ssl crt-list|set ssl cert|shutdown session|"
        + "del ssl cert|show backend|commit ssl ca-file|del ssl ca-file|commit ssl cert|show cli sockets|show stat|abort ssl ca-file|new ssl crl-file|show sess|"
        + "set dynamic-cookie-key backend|show ssl cert|disable agent|show threads|show ssl ca-file|set ssl crl-file|clear table|commit ssl crl-file|show info|"
        + "add server|show schema json|disable health|del ssl crl-file|abort ssl crl-file|show ssl crl-file|del server|disable server|enable agent|"
        + "clear counters|operator|show resolvers|set timeout|enable server|user|set server|show table|set maxconn server|show libs|disable frontend|"
        + "set maxconn frontend|show servers conn|shutdown frontend|set table|set weight|show servers state|show peers|clear acl|set rate-limit|show env|del acl|"
        + "prepare map|show fd|show cli level|show version|clear map|show pools|show errors|enable frontend|trace|get var|show cache|set profiling|show events|"
        + "add acl|commit acl|prepare acl|show profiling|get acl|show acl|add map|commit map|show trace|del map|get map|set map|show map|show tasks";

    private static readonly FrozenDictionary<string, int> s_places = Preferred.Split('|').Select((words, place) => KeyValuePair.Create(words, place)).ToFrozenDictionary();

    private static int PlaceOf(CliCommand command) => s_places.GetValueOrDefault(string.Join(' ', command.Words), int.MaxValue);
}
