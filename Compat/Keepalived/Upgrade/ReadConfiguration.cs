using Dropin.Compat.Keepalived.Host;
using Dropin.Parsers.Keepalived;
using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>A configuration that was read, with all that the reading has seen: it can be read once more, word for word.</summary>
internal sealed class ReadConfiguration
{
    private readonly RememberedHost _host;
    private readonly int _seed;
    private readonly bool _inNamespace;

    private ReadConfiguration(RememberedHost host, int seed, bool inNamespace) => (_host, _seed, _inNamespace) = (host, seed, inNamespace);

    /// <summary>One that is about to be read.</summary>
    /// <param name="inNamespace">Inside of the network namespace that the file names.</param>
    internal static ReadConfiguration Anew(bool inNamespace) => new(new RememberedHost(new LinuxHost()), Environment.TickCount, inNamespace);

    /// <summary>Reads it: for the first time, or once more as it was.</summary>
    internal KeepalivedLoad Load(string path, KeepalivedLoadOptions options) =>
        KeepalivedConfigLoader.Load(path, options with { Facts = _host, RandomSeed = _seed, InNamespace = _inNamespace });

    internal void Save(StateWriter to)
    {
        to.Put(Field.Host, _host.Save);
        to.Put(Field.Seed, _seed);
        to.Put(Field.InNamespace, _inNamespace);
    }

    internal static ReadConfiguration Restore(StateRecord from)
    {
        var host = new RememberedHost(new LinuxHost());
        host.Restore(from.Record(Field.Host));
        return new ReadConfiguration(host, (int)from.Number(Field.Seed), from.Flag(Field.InNamespace));
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Host = 1, Seed = 2, InNamespace = 3;
    }
}
