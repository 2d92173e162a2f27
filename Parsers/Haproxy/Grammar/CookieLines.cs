using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>cookie</c> in a backend: persistence (configuration manual 4.2).</summary>
internal static class CookieLines
{
    // A cookie while its words are read; the modes exclude one another.
    private sealed class Reading
    {
        public required CookieConfig Config;
        public bool Rewrite;
        public bool Insert;
        public bool Prefix;
    }

    private static readonly OptionTable<Reading> Words = new OptionTable<Reading>("cookie", "cookie")
        .Executed("rewrite", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Rewrite = true))
        .Executed("insert", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Insert = true))
        .Executed("prefix", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Prefix = true))
        .Executed("indirect", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { Indirect = true }))
        .Executed("nocache", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { NoCache = true }))
        .Executed("postonly", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { PostOnly = true }))
        .Executed("preserve", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { Preserve = true }))
        .Executed("httponly", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { HttpOnly = true }))
        .Executed("secure", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { Secure = true }))
        .Executed("dynamic", 0, static (in OptionSyntax<Reading> _, Reading r, ConfigLine _) => Do(() => r.Config = r.Config with { Dynamic = true }))
        .Executed("domain", 1, Domain)
        .Executed("attr", 1, Attribute)
        .Executed("maxidle", 1, static (in OptionSyntax<Reading> o, Reading r, ConfigLine line) =>
            Seconds(o, line, "<idletime>", v => r.Config = r.Config with { MaxIdleSeconds = v }))
        .Executed("maxlife", 1, static (in OptionSyntax<Reading> o, Reading r, ConfigLine line) =>
            Seconds(o, line, "<lifetime>", v => r.Config = r.Config with { MaxLifeSeconds = v }));

    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("cookie", Read);

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        ProxyBasics.NeedsBackend(line, proxy, "cookie");
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <cookie_name> as argument.");
            return;
        }

        var reading = new Reading { Config = new CookieConfig { Name = line[1], Mode = CookieMode.Passive } };
        foreach (var option in Words.All.ParseOrThrow(line.From(2)))
        {
            if (option.Keyword is null)
            {
                line.Error("unknown-word",
                    $"'{line[0]}' supports 'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', 'domain', 'maxidle', 'dynamic', 'maxlife' and 'attr' options.");
                return;
            }

            if (option.Keyword.Action(option, reading, line) is { } problem)
            {
                line.ErrorTight("bad-cookie", problem);
                return;
            }
        }

        // The cookie stands even where its words contradict one another; the load fails anyway.
        proxy.Cookie = reading.Config with
        {
            Mode = reading.Insert ? CookieMode.Insert : reading.Prefix ? CookieMode.Prefix : reading.Rewrite ? CookieMode.Rewrite : CookieMode.Passive,
        };
        if (reading.Rewrite && reading.Config.Indirect)
        {
            line.Error("contradiction", $"cookie 'rewrite' and 'indirect' modes are incompatible.");
        }

        if ((reading.Rewrite ? 1 : 0) + (reading.Insert ? 1 : 0) + (reading.Prefix ? 1 : 0) > 1)
        {
            line.Error("contradiction", $"cookie 'rewrite', 'insert' and 'prefix' modes are incompatible.");
        }

        if (reading.Config.Preserve && !reading.Insert && !reading.Config.Indirect)
        {
            line.Error("contradiction", $"cookie 'preserve' requires at least 'insert' or 'indirect'.");
        }
    }

    private static FormattableString? Domain(in OptionSyntax<Reading> option, Reading reading, ConfigLine line)
    {
        var domain = option.Value.Text;
        if (domain.Length == 0)
        {
            return $"'{option.Name.Text}' expects <domain> as argument.";
        }

        if (!domain.StartsWith('.') && !domain.Contains('.', StringComparison.Ordinal))
        {
            line.WarnTight("domain-without-dot",
                $"domain '{domain}' contains no embedded dot, this configuration may not work properly (see RFC6265#5.2.3).");
        }

        reading.Config = reading.Config with { Domains = reading.Config.Domains.Add(domain) };
        return null;
    }

    private static FormattableString? Attribute(in OptionSyntax<Reading> option, Reading reading, ConfigLine line)
    {
        var attribute = option.Value.Text;
        if (attribute.Length == 0)
        {
            return $"'{option.Name.Text}' expects <value> as argument.";
        }

        foreach (var c in attribute)
        {
            if (c is < ' ' or ';' or '\x7f')
            {
                return $"character '%x{((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)}' is not permitted in attribute value.";
            }
        }

        reading.Config = reading.Config with { Attributes = reading.Config.Attributes.Add(attribute) };
        return null;
    }

    private static FormattableString? Seconds(in OptionSyntax<Reading> option, ConfigLine line, string what, Action<int> set)
    {
        var name = option.Name.Text;
        if (option.Value.Text.Length == 0)
        {
            return $"'{name}' expects {what} in seconds as argument.";
        }

        switch (Values.Time(option.Value.Text, TimeUnit.Seconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                return $"timer overflow in argument <{option.Value.Text}> to <{name}> of cookie, maximum value is 2147483647 s (~68 years).";
            case TimeOutcome.Underflow:
                return $"timer underflow in argument <{option.Value.Text}> to <{name}> of cookie, minimum non-null value is 1 s.";
            case TimeOutcome.BadCharacter:
                return $"unexpected character '{bad}' in argument to <{name}>.";
            default:
                set((int)value);
                return null;
        }
    }

    private static FormattableString? Do(Action action)
    {
        action();
        return null;
    }
}
