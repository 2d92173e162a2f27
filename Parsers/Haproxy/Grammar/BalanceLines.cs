using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>balance</c>, <c>hash-type</c> and <c>hash-balance-factor</c> (configuration manual 4.2).</summary>
internal static class BalanceLines
{
    // uri: "len 5", "depth 3", "whole", "path-only", in any order.
    private static readonly OptionTable<ProxySyntax> UriWords = new OptionTable<ProxySyntax>("balance", "balance uri")
        .Executed("len", 1, static (in OptionSyntax<ProxySyntax> o, ProxySyntax p, ConfigLine _) =>
        {
            var value = Values.Integer(o.Value.Text);
            p.Balance = p.Balance with { UriLength = value };
            return value > 0 ? null : Problem.Of($"balance uri : 'len' expects a positive integer (got '{o.Value.Text}').");
        })
        .Executed("depth", 1, static (in OptionSyntax<ProxySyntax> o, ProxySyntax p, ConfigLine _) =>
        {
            var value = Values.Integer(o.Value.Text);
            p.Balance = p.Balance with { UriDepth = value };
            return value > 0 ? null : Problem.Of($"balance uri : 'depth' expects a positive integer (got '{o.Value.Text}').");
        })
        .Executed("whole", 0, static (in OptionSyntax<ProxySyntax> _, ProxySyntax p, ConfigLine _) =>
        {
            p.Balance = p.Balance with { UriWhole = true };
            return null;
        })
        .Executed("path-only", 0, static (in OptionSyntax<ProxySyntax> _, ProxySyntax p, ConfigLine _) =>
        {
            p.Balance = p.Balance with { UriPathOnly = true };
            return null;
        });

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("balance", Balance)
        .Executed("hash-type", HashType)
        .Executed("hash-balance-factor", HashBalanceFactor);

    private static void Balance(ConfigLine line, ProxySyntax proxy)
    {
        ProxyBasics.NeedsBackend(line, proxy, "balance");
        var before = proxy.Balance;
        proxy.Balance = before with
        {
            Name = "", UriLength = 0, UriDepth = 0, UriWhole = false, UriPathOnly = false, CheckPost = false, DomainOnly = false,
        };
        if (Algorithm(line, proxy) is { } problem)
        {
            line.Error("bad-balance", problem);
            proxy.Balance = before;
            return;
        }

        proxy.HasBalance = true;
    }

    private static FormattableString? Algorithm(ConfigLine line, ProxySyntax proxy)
    {
        var word = line[1];
        switch (word)
        {
            case "" or "roundrobin":
                return Set(proxy, BalanceAlgorithm.RoundRobin);
            case "static-rr":
                return Set(proxy, BalanceAlgorithm.StaticRoundRobin);
            case "first":
                return Set(proxy, BalanceAlgorithm.First);
            case "leastconn":
                return Set(proxy, BalanceAlgorithm.LeastConnections);
            case "source":
                return Set(proxy, BalanceAlgorithm.Source);
            case "uri":
                return Uri(line, proxy);
            case "url_param":
                return UrlParameter(line, proxy);
            case "hash":
                if (line[2].Length == 0)
                {
                    return $"balance hash requires a sample expression.";
                }

                proxy.HashExpression = new FormatSyntax(line[2], line.PlaceOf(2));
                return Set(proxy, BalanceAlgorithm.Hash);
        }

        if (Argument(word, "random", out var draws))
        {
            return Random(proxy, draws);
        }

        if (Argument(word, "hdr", out var header) && header is not null)
        {
            return Header(line, proxy, header);
        }

        if (Argument(word, "rdp-cookie", out var cookie))
        {
            if (cookie?.Length == 0)
            {
                return $"balance rdp-cookie : missing cookie name.";
            }

            proxy.Balance = proxy.Balance with { Name = cookie ?? "mstshash" };
            return Set(proxy, BalanceAlgorithm.RdpCookie);
        }

        return $"balance only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hdr(name)' and 'rdp-cookie(name)' options.";
    }

    private static FormattableString? Uri(ConfigLine line, ProxySyntax proxy)
    {
        foreach (var option in UriWords.All.ParseOrThrow(line.From(2)))
        {
            if (option.Keyword is null)
            {
                return $"balance uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' (got '{option.Name.Text}').";
            }

            if (option.Keyword.Action(option, proxy, line) is { } problem)
            {
                return problem;
            }
        }

        return Set(proxy, BalanceAlgorithm.Uri);
    }

    private static FormattableString? UrlParameter(ConfigLine line, ProxySyntax proxy)
    {
        if (line[2].Length == 0)
        {
            return $"balance url_param requires an URL parameter name.";
        }

        if (line[3].Length > 0)
        {
            if (line[3] != "check_post")
            {
                return $"balance url_param only accepts 'check_post' modifier (got '{line[3]}').";
            }

            proxy.Balance = proxy.Balance with { CheckPost = true };
        }

        proxy.Balance = proxy.Balance with { Name = line[2] };
        return Set(proxy, BalanceAlgorithm.UrlParameter);
    }

    private static FormattableString? Random(ProxySyntax proxy, string? draws)
    {
        var count = 2;
        if (!string.IsNullOrEmpty(draws))
        {
            if (!Values.TryWhole(draws, out var value, out var bad))
            {
                return $"balance random : unexpected character '{bad}' after argument.";
            }

            if (value < 1)
            {
                return $"balance random : number of draws must be at least 1.";
            }

            count = (int)value;
        }

        proxy.Balance = proxy.Balance with { Draws = count };
        return Set(proxy, BalanceAlgorithm.Random);
    }

    private static FormattableString? Header(ConfigLine line, ProxySyntax proxy, string header)
    {
        if (header.Length == 0)
        {
            return $"balance hdr requires an http header field name.";
        }

        if (line[2].Length > 0)
        {
            if (line[2] != "use_domain_only")
            {
                return $"balance hdr({header}) only accepts 'use_domain_only' modifier (got '{line[2]}').";
            }

            proxy.Balance = proxy.Balance with { DomainOnly = true };
        }

        proxy.Balance = proxy.Balance with { Name = header };
        return Set(proxy, BalanceAlgorithm.Header);
    }

    // "name" or "name(argument)"; the argument is null in the first case.
    private static bool Argument(string word, string name, out string? argument)
    {
        argument = null;
        if (word == name)
        {
            return true;
        }

        if (word.Length <= name.Length || word[name.Length] != '(' || !word.StartsWith(name, StringComparison.Ordinal))
        {
            return false;
        }

        var close = word.IndexOf(')');
        argument = close < 0 ? word[(name.Length + 1)..] : word[(name.Length + 1)..close];
        return true;
    }

    private static FormattableString? Set(ProxySyntax proxy, BalanceAlgorithm algorithm)
    {
        proxy.Balance = proxy.Balance with { Algorithm = algorithm };
        return null;
    }

    private static void HashType(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, "hash-type"))
        {
            return;
        }

        HashMethod? method = line[1] switch { "consistent" => HashMethod.Consistent, "map-based" => HashMethod.MapBased, _ => null };
        if (method is null)
        {
            line.Error("unknown-word", $"'hash-type' only supports 'consistent' and 'map-based'.", word: 1);
            return;
        }

        var avalanche = false;
        HashFunction? function = HashFunction.Sdbm;
        if (line[2].Length == 0)
        {
            // The default function is mixed only where the place on a ring depends on all bits.
            avalanche = method == HashMethod.Consistent;
        }
        else if (line[2] == "avalanche")
        {
            avalanche = true;
        }
        else
        {
            function = line[2] switch
            {
                "sdbm" => HashFunction.Sdbm,
                "djb2" => HashFunction.Djb2,
                "wt6" => HashFunction.Wt6,
                "crc32" => HashFunction.Crc32,
                _ => null,
            };
            if (function is null)
            {
                line.Error("unknown-word", $"'hash-type' only supports 'sdbm', 'djb2', 'crc32', or 'wt6' hash functions.", word: 2);
                return;
            }

            if (line[3].Length > 0)
            {
                if (line[3] != "avalanche")
                {
                    line.Error("unknown-word", $"'hash-type' only supports 'avalanche' as a modifier for hash functions.", word: 3);
                    return;
                }

                avalanche = true;
            }
        }

        proxy.Balance = proxy.Balance with { Method = method.Value, Function = function.Value, Avalanche = avalanche };
    }

    private static void HashBalanceFactor(ConfigLine line, ProxySyntax proxy)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects an integer argument.");
            return;
        }

        var factor = Values.Integer(line[1]);
        if (factor is not 0 and <= 100)
        {
            line.Error("out-of-range", $"'{line[0]}' must be 0 or greater than 100.", word: 1);
            return;
        }

        proxy.Balance = proxy.Balance with { HashBalanceFactor = factor };
    }
}
