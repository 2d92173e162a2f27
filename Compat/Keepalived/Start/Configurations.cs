using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.ConfigTest;
using Dropin.Compat.Keepalived.Host;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Upgrade;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Files;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Reads the configuration for the start and for reloads, and tells the log what was found, each part under its own name.</summary>
internal sealed class Configurations(KeepalivedArguments arguments, KeepalivedLog log)
{
    private KeepalivedLoad? _load;

    /// <summary>Reads it; null where nothing can run with it: the log then says why.</summary>
    internal KeepalivedConfig? Load()
    {
        var path = arguments.ConfigurationPath;
        if (!File.Exists(path))
        {
            log.Daemon.Say($"Config files missing '{path}'.");
            return null;
        }
        if (FileIdentity.IsPlain(path) == false)
        {
            log.Daemon.Say($"Configuration file '{path}' is not a regular non-executable file - skipping");
            return null;
        }
        log.Daemon.Detail($"Opening file '{path}'.");
        var options = Options(arguments);
        var read = ReadConfiguration.Anew(inNamespace: false);
        var load = read.Load(path, options);
        if (load.NeedsNamespace is { } space)
        {
            // Interfaces and addresses are those of the namespace: what the file says of them is judged there.
            if (!Surroundings.EnterNamespace(space, log.Daemon))
                return null;
            read = ReadConfiguration.Anew(inNamespace: true);
            load = read.Load(path, options);
        }
        log.Daemon.Say($"Configuration file {path}");
        foreach (var finding in load.Findings)
        {
            if (finding.Pass == ReadingPass.Parent)
                log.Daemon.Say(FindingText.Of(finding));
        }
        (_load, Read) = (load, read);
        var refused = load.Refused.Where(Runs).ToList();
        foreach (var word in refused)
            log.Daemon.Error(FindingText.Of(word));
        return refused.Count > 0 || load.Verdict == ConfigVerdict.Stopped ? null : WithArguments(load.Config);
    }

    /// <summary>What was loaded last, to be read once more.</summary>
    internal ReadConfiguration? Read { get; private set; }

    /// <summary>Reads a configuration once more, without a word; null where nothing can run with it.</summary>
    internal KeepalivedConfig? Recall(ReadConfiguration read)
    {
        var load = read.Load(arguments.ConfigurationPath, Options(arguments));
        return load.Refused.Any(Runs) || load.Verdict == ConfigVerdict.Stopped || load.NeedsNamespace != null ? null : WithArguments(load.Config);
    }

    /// <summary>What the command line asks for beside the file.</summary>
    private KeepalivedConfig? WithArguments(KeepalivedConfig? config)
    {
        if (config == null || (!arguments.Snmp && arguments.SnmpSocket == null))
            return config;
        var snmp = arguments.Snmp ? config.Global.Snmp.WithAll() : config.Global.Snmp;
        return config with { Global = config.Global with { Snmp = snmp with { Socket = arguments.SnmpSocket ?? snmp.Socket } } };
    }

    /// <summary>Whether a test of the configuration that was loaded last has nothing to say.</summary>
    internal bool IsLoadedOneGood => _load?.Verdict == ConfigVerdict.Good;

    /// <summary>Whether a test of the configuration, as it stands in the file now, has nothing to say.</summary>
    internal bool IsGood() =>
        FileIdentity.IsPlain(arguments.ConfigurationPath) == true
        && KeepalivedConfigLoader.Load(arguments.ConfigurationPath, Options(arguments) with { InNamespace = true }).Verdict == ConfigVerdict.Good;

    /// <summary>Tells what the reading of VRRP's blocks found.</summary>
    internal void TellVrrp()
    {
        foreach (var finding in _load?.Findings ?? [])
        {
            if (finding.Pass == ReadingPass.Vrrp)
                log.Vrrp.Say(FindingText.Of(finding));
        }
    }

    /// <summary>What the command line says about reading.</summary>
    internal static KeepalivedLoadOptions Options(KeepalivedArguments arguments) => new()
    {
        Facts = new LinuxHost(),
        ConfigId = arguments.ConfigurationId,
        IncludeChecks = arguments.AllFilesNeeded ? IncludeChecks.All : IncludeChecks.None,
        NetworkNamespace = arguments.NetworkNamespace,
        Umask = arguments.Umask,
    };

    /// <summary>Whether the part of the daemon to which a word belongs is to run at all (<c>-P</c>, <c>-C</c>, <c>-B</c>).</summary>
    private bool Runs(RefusedKeyword word) => word.Keyword switch
    {
        "virtual_server" or "virtual_server_group" => arguments.RunsCheckers,
        "bfd_instance" => arguments.RunsBfd,
        _ => true,
    };
}
