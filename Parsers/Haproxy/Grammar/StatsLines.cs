using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The statistics page of a proxy: <c>stats ...</c>, but for what has a condition (<c>admin</c>, <c>http-request</c>).</summary>
internal static class StatsLines
{
    /// <summary>Reads the line; false for a word that belongs to somebody else.</summary>
    public static bool Read(ConfigLine line, ProxySyntax proxy)
    {
        var stats = proxy.Stats ?? new StatsConfig();
        switch (line[1])
        {
            case "":
                line.ErrorTight("missing-argument",
                    $"missing keyword in '{line[0]}', expects 'admin', 'uri', 'realm', 'auth', 'scope', 'enable', 'hide-version', 'show-node', 'show-desc' or 'show-legends'.");
                return true;
            case "admin" or "http-request":
                return false;
            case "enable":
                break;
            case "uri":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"'uri' needs an URI prefix.");
                    return true;
                }

                stats = stats with { Uri = line[2] };
                break;
            case "realm":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"'realm' needs an realm name.");
                    return true;
                }

                // One word: what stands behind it is not looked at, as with the original.
                stats = stats with { Realm = line[2] };
                break;
            case "auth":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"'auth' needs a user:password account.");
                    return true;
                }

                var colon = line[2].IndexOf(':');
                stats = stats with
                {
                    Users = stats.Users.Add(colon < 0 ? new StatsUser(line[2], "") : new StatsUser(line[2][..colon], line[2][(colon + 1)..])),
                };
                break;
            case "scope":
                if (line[2].Length == 0)
                {
                    line.Error("missing-argument", $"'scope' needs a proxy name.");
                    return true;
                }

                stats = stats with { Scope = stats.Scope.Add(line[2]) };
                break;
            case "refresh":
                if (Refresh(line) is not { } seconds)
                {
                    return true;
                }

                stats = stats with { RefreshSeconds = seconds };
                break;
            case "hide-version":
                stats = stats with { HideVersion = true };
                break;
            case "show-legends":
                stats = stats with { ShowLegends = true };
                break;
            case "show-modules":
                stats = stats with { ShowModules = true };
                break;
            case "show-node":
                if (line[2].Length > 0 && !line[2].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
                {
                    line.ErrorTight("bad-name",
                        $"'{line[0]} {line[1]}' invalid node name - should be a stringwith digits(0-9), letters(A-Z, a-z), hyphen(-) or underscode(_).", 2);
                    return true;
                }

                stats = stats with { ShowNode = line[2] };
                break;
            case "show-desc":
                if (line[2].Length == 0 && line.Document.Global.Config.Description is null)
                {
                    line.WarnTight("no-description", $"'{line[1]}' requires a parameter or 'desc' to be set in the global section.");
                }

                stats = stats with { ShowDescription = line[2].Length == 0 ? "" : GlobalKeywords.Rest(line, 2) };
                break;
            default:
                line.ErrorTight("unknown-word",
                    $"unknown stats parameter '{line[1]}', expects 'admin', 'uri', 'realm', 'auth', 'scope', 'enable', 'hide-version', 'show-node', 'show-desc' or 'show-legends'.", 1);
                return true;
        }

        proxy.Stats = stats;
        return true;
    }

    private static int? Refresh(ConfigLine line)
    {
        switch (Values.Time(line[2], TimeUnit.Seconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                line.ErrorTight("bad-time",
                    $"timer overflow in argument <{line[2]}> to stats refresh interval, maximum value is 2147483647 s (~68 years).", 2);
                return null;
            case TimeOutcome.Underflow:
                line.ErrorTight("bad-time", $"timer underflow in argument <{line[2]}> to stats refresh interval, minimum non-null value is 1 s.", 2);
                return null;
            case TimeOutcome.BadCharacter:
                line.ErrorTight("bad-time", $"unexpected character '{bad}' in argument to stats refresh interval.", 2);
                return null;
            default:
                return (int)value;
        }
    }
}
