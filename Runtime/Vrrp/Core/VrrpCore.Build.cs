using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>From a configuration to live objects, keeping those that live on.</summary>
public sealed partial class VrrpCore
{
    private readonly List<InstanceState> _instances = [];
    private readonly List<GroupState> _groups = [];
    private readonly List<ScriptState> _scripts = [];
    private readonly List<FileState> _files = [];
    private readonly List<ProcessState> _processes = [];
    private readonly List<InterfaceState> _interfaces = [];
    private List<AdvertChannel> _channels = [];
    private bool _started;

    /// <summary>Announcements that have to keep a distance.</summary>
    internal AnnounceQueue Announcements { get; }

    private void BuildTrackers()
    {
        Rebuild(_scripts, Config.Scripts, s => s.Config.Name, c => c.Name, c => new ScriptState(c), (s, c) => s.Config = c);
        Rebuild(_files, Config.Files, s => s.Config.Name, c => c.Name, c => new FileState(c), (s, c) => s.Config = c);
        Rebuild(_processes, Config.Processes, s => s.Config.Name, c => c.Name, c => new ProcessState(c), (s, c) => s.Configure(c));
    }

    private static void Rebuild<TState, TConfig>(List<TState> states, IReadOnlyList<TConfig> configs, Func<TState, string> nameOf, Func<TConfig, string> newName,
        Func<TConfig, TState> make, Action<TState, TConfig> renew)
    {
        var old = states.ToArray();
        states.Clear();
        for (var i = 0; i < configs.Count; i++)
        {
            var config = configs[i];
            var kept = Array.Find(old, s => nameOf(s) == newName(config));
            if (kept is not null) renew(kept, config);
            states.Add(kept ?? make(config));
        }
    }

    private void BuildGroups()
    {
        var old = _groups.ToArray();
        _groups.Clear();
        foreach (var instance in _instances) instance.Group = null;
        foreach (var config in Config.SyncGroups)
        {
            var group = Array.Find(old, g => g.Name == config.Name) ?? new GroupState(Effects, config);
            group.Config = config;
            group.MemberList.Clear();
            foreach (var member in config.Members)
                if (_instances.Find(i => i.Name == member.Name) is { Group: null } instance)
                {
                    instance.Group = group;
                    group.MemberList.Add(instance);
                }
            _groups.Add(group);
        }
    }

    /// <summary>Instances with an equal channel get the same object; objects of channels that stay are kept.</summary>
    internal void RenewChannels()
    {
        var next = new List<AdvertChannel>();
        foreach (var instance in _instances)
        {
            var wanted = instance.WantedChannel();
            var known = next.Find(c => c == wanted) ?? _channels.Find(c => c == wanted) ?? wanted;
            if (!next.Contains(known)) next.Add(known);
            instance.UseChannel(known);
        }
        if (next.Count == _channels.Count && next.TrueForAll(_channels.Contains)) return;
        _channels = next;
        if (_started) Effects.Add(new ChannelsChanged());
    }
}
