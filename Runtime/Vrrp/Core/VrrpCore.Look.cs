using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What instances ask about the world.</summary>
public sealed partial class VrrpCore
{
    /// <summary>What is known about an interface; null for nothing.</summary>
    public InterfaceState? FindInterface(string name)
    {
        foreach (var state in _interfaces)
            if (state.Name == name) return state;
        return null;
    }

    internal bool IsUp(string name) => FindInterface(name) is { IsUp: true } state && (state.Facts.Base is not { } below || IsUp(below));

    internal bool IsKnown(string name) => FindInterface(name) is not null;

    internal bool HasAddress(RouterAddress address)
    {
        foreach (var state in _interfaces)
            if (state.Facts.Addresses.AsSpan().Contains(address)) return true;
        return false;
    }

    internal RouterAddress FirstAddress(string name, bool isV6) =>
        FindInterface(name) is { } state ? FirstAddress(state.Facts, isV6) : RouterAddress.None;

    internal static RouterAddress FirstAddress(InterfaceFacts facts, bool isV6)
    {
        foreach (var address in facts.Addresses)
            if (isV6 ? address.IsLinkLocal : !address.IsV6) return address;
        return RouterAddress.None;
    }

    internal ScriptState FindScript(string name)
    {
        foreach (var state in _scripts)
            if (state.Config.Name == name) return state;
        throw new InvalidOperationException($"no script {name}");
    }

    internal FileState FindFile(string name)
    {
        foreach (var state in _files)
            if (state.Config.Name == name) return state;
        throw new InvalidOperationException($"no file {name}");
    }

    internal ProcessState FindProcess(string name)
    {
        foreach (var state in _processes)
            if (state.Config.Name == name) return state;
        throw new InvalidOperationException($"no process {name}");
    }
}
