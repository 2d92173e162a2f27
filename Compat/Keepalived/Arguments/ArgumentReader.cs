using System.Globalization;

namespace Dropin.Compat.Keepalived.Arguments;

/// <summary>Reads the command line; the first option that ends the program decides, as in the original.</summary>
public static class ArgumentReader
{
    private static readonly OptionReader Options = new(
    [
        new('f', "use-file", OptionValue.Required), new('P', "vrrp", OptionValue.None), new('C', "check", OptionValue.None),
        new('B', "no_bfd", OptionValue.None), new('\0', "all", OptionValue.None), new('l', "log-console", OptionValue.None),
        new('D', "log-detail", OptionValue.None), new('S', "log-facility", OptionValue.Required), new('g', "log-file", OptionValue.Optional),
        new('G', "no-syslog", OptionValue.None), new('u', "umask", OptionValue.Required), new('X', "release-vips", OptionValue.None),
        new('V', "dont-release-vrrp", OptionValue.None), new('I', "dont-release-ipvs", OptionValue.None),
        new('R', "dont-respawn", OptionValue.None), new('n', "dont-fork", OptionValue.None), new('d', "dump-conf", OptionValue.None),
        new('p', "pid", OptionValue.Required), new('r', "vrrp_pid", OptionValue.Required), new('T', "genhash", OptionValue.None),
        new('c', "checkers_pid", OptionValue.Required), new('a', "address-monitoring", OptionValue.None),
        new('b', "bfd_pid", OptionValue.Required), new('x', "snmp", OptionValue.None), new('A', "snmp-agent-socket", OptionValue.Required),
        new('s', "namespace", OptionValue.Required), new('m', "core-dump", OptionValue.None),
        new('M', "core-dump-pattern", OptionValue.Optional), new('e', "all-config", OptionValue.None),
        new('i', "config-id", OptionValue.Required), new('\0', "signum", OptionValue.Required),
        new('t', "config-test", OptionValue.Optional), new('v', "version", OptionValue.None), new('h', "help", OptionValue.None),
    ]);

    /// <summary>Reads the words behind the program's name.</summary>
    public static KeepalivedArguments Read(IReadOnlyList<string> words)
    {
        var arguments = new KeepalivedArguments();
        if (HashWords(words) is { } rest)
            return arguments with { Errand = Errand.HashPage, Words = rest.Words, Complaints = rest.IsFirst ? [] : ["Warning -- `-T` not used as first option, previous options ignored\n"] };
        foreach (var finding in Options.Read(words))
        {
            arguments = finding switch
            {
                { IsMistake: true } => arguments with { Errand = Errand.Refuse, Text = finding.Value },
                { Kind: null } => arguments with { Words = [.. arguments.Words, finding.Value!] },
                _ => Apply(arguments, finding.Kind.Name, finding.Value),
            };
            if (arguments.Errand is Errand.ShowVersion or Errand.ShowUsage or Errand.ShowSignal or Errand.HashPage or Errand.Refuse)
                break;
        }
        return arguments;
    }

    // What stands behind -T is genhash's alone; null where no -T stands among the options.
    private static (IReadOnlyList<string> Words, bool IsFirst)? HashWords(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count && words[at] != "--"; at++)
        {
            var isLong = words[at].StartsWith("--g", StringComparison.Ordinal) && "--genhash".StartsWith(words[at], StringComparison.Ordinal);
            if (!isLong && !words[at].StartsWith("-T", StringComparison.Ordinal)) continue;
            // A word before it may have taken it for its value.
            if (at > 0 && Options.Read([.. words.Take(at + 1)]) is var found && !found.Any(one => one.Kind?.Name == "genhash")) continue;
            return ([.. words.Skip(at + 1)], at == 0);
        }
        return null;
    }

    private static KeepalivedArguments Apply(KeepalivedArguments so, string option, string? value) => option switch
    {
        "use-file" => so with { ConfigurationPath = value! },
        "vrrp" => so with { RunsCheckers = false, RunsBfd = false },
        "check" => so with { RunsVrrp = false, RunsBfd = false },
        "no_bfd" => so with { RunsBfd = false },
        "all" => so with { RunsAll = true },
        "log-console" => so with { LogConsole = true },
        "log-detail" => so with { LogDetail = true },
        "log-facility" => Facility(value!) is { } facility ? so with { LogFacility = facility } : Complain(so, $"Invalid log facility '{value}'\n"),
        "log-file" => so with { Errand = Errand.Refuse, Text = "-g requires configure option --enable-log-file" },
        "no-syslog" => so with { NoSyslog = true },
        "umask" => Mask(value!) is { } mask ? so with { Umask = mask } : Complain(so, $"Invalid --umask option {value}"),
        "release-vips" => so with { ReleaseAddresses = true },
        "dont-release-vrrp" => so with { KeepAddresses = true },
        "dont-respawn" => so with { NoRespawn = true },
        "dont-fork" => so with { Foreground = true },
        "dump-conf" => so with { DumpConfiguration = true },
        "pid" => so with { PidPath = value },
        "vrrp_pid" => so with { VrrpPidPath = value },
        "genhash" => so with { Errand = Errand.HashPage },
        "checkers_pid" => so with { CheckersPidPath = value },
        "address-monitoring" => so with { MonitorAddresses = true },
        "bfd_pid" => so with { BfdPidPath = value },
        "snmp" => so with { Snmp = true },
        "snmp-agent-socket" => so with { SnmpSocket = value },
        "namespace" => so with { NetworkNamespace = value },
        "core-dump" => so with { DumpsCore = true },
        "core-dump-pattern" => so with { DumpsCore = true, CorePattern = value ?? "core" },
        "all-config" => so with { AllFilesNeeded = true },
        "config-id" => so with { ConfigurationId = value },
        "signum" => so with { Errand = Errand.ShowSignal, Text = value },
        "config-test" => so with { Errand = Errand.TestConfiguration, TestLogPath = string.IsNullOrEmpty(value) ? so.TestLogPath : value },
        "version" => so with { Errand = Errand.ShowVersion },
        "help" => so with { Errand = Errand.ShowUsage },
        _ => so, // dont-release-ipvs: nothing to release yet
    };

    private static KeepalivedArguments Complain(KeepalivedArguments so, string complaint) => so with { Complaints = [.. so.Complaints, complaint] };

    private static int? Facility(string text)
    {
        const int user = 1, daemon = 3, local0 = 16;
        return text switch
        {
            "user" => user,
            "daemon" => daemon,
            [>= '0' and <= '7'] => local0 + text[0] - '0',
            ['l', 'o', 'c', 'a', 'l', >= '0' and <= '7'] => local0 + text[5] - '0',
            _ => null,
        };
    }

    /// <summary>A number as strtol(3) with base 0 reads it: octal behind a 0, hexadecimal behind 0x.</summary>
    private static int? Mask(string text)
    {
        const int all = 0b111_111_111;
        try
        {
            var number = text switch
            {
                ['0', 'x' or 'X', ..] => int.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                ['0', ..] => Convert.ToInt32(text, 8),
                _ => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
            };
            return number is >= 0 and <= all ? number : null;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return null;
        }
    }
}
