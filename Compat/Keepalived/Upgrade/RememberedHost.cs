using System.Net;
using Dropin.Parsers.Keepalived.Binding;
using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>
/// A machine whose answers are remembered. A configuration that runs can be read again from them, by the next executable too, whatever has happened to
/// its files since. What was not asked before is asked of the machine.
/// </summary>
/// <param name="machine">The machine.</param>
internal sealed class RememberedHost(IHostFacts machine) : IHostFacts
{
    private readonly Dictionary<string, (byte[]? Bytes, string Reason)> _files = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _folders = [];
    private readonly Dictionary<string, bool> _existing = [];
    private readonly Dictionary<string, InterfaceFacts?> _interfaces = [];
    private readonly Dictionary<string, (uint User, uint Group)?> _users = [];
    private readonly Dictionary<string, uint?> _groups = [];
    private readonly Dictionary<(string Command, uint User, uint Group), CommandFacts> _commands = [];
    private readonly Dictionary<(string Table, string Name), uint?> _numbers = [];
    private readonly Dictionary<string, IPAddress?> _addresses = [];
    private string? _hostName;

    /// <inheritdoc/>
    public string HostName => _hostName ??= machine.HostName;

    /// <inheritdoc/>
    public (uint UserId, uint GroupId) Self => machine.Self;

    /// <inheritdoc/>
    public int Processors => machine.Processors;

    /// <inheritdoc/>
    public InterfaceFacts? FindInterface(string name) => Ask(_interfaces, name, machine.FindInterface);

    /// <inheritdoc/>
    public (uint UserId, uint GroupId)? FindUser(string name) => Ask(_users, name, machine.FindUser);

    /// <inheritdoc/>
    public uint? FindGroup(string name) => Ask(_groups, name, machine.FindGroup);

    /// <inheritdoc/>
    public bool NamespaceExists(string name) => machine.NamespaceExists(name);

    /// <inheritdoc/>
    public IPAddress? Resolve(string name) => Ask(_addresses, name, machine.Resolve);

    /// <inheritdoc/>
    public CommandFacts FindCommand(string command, uint userId, uint groupId) =>
        Ask(_commands, (command, userId, groupId), key => machine.FindCommand(key.Item1, key.Item2, key.Item3));

    /// <inheritdoc/>
    public byte[]? ReadFile(string path, out string reason)
    {
        (var bytes, reason) = Ask(_files, path, name => (machine.ReadFile(name, out var why), why));
        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => Ask(_folders, folder, machine.List);

    /// <inheritdoc/>
    public bool Exists(string path) => Ask(_existing, path, machine.Exists);

    /// <inheritdoc/>
    public uint? FindNumber(string table, string name) => Ask(_numbers, (table, name), key => machine.FindNumber(key.Item1, key.Item2));

    /// <summary>Writes all answers.</summary>
    internal void Save(StateWriter to)
    {
        to.Put(Field.HostName, _hostName);
        to.PutEach(Field.File, _files, static (writer, file) =>
        {
            writer.Put(Field.Name, file.Key);
            writer.Put(Field.Reason, file.Value.Reason);
            if (file.Value.Bytes is { } bytes)
                writer.Put(Field.Bytes, bytes.AsSpan());
        });
        to.PutEach(Field.Folder, _folders, static (writer, folder) =>
        {
            writer.Put(Field.Name, folder.Key);
            foreach (var name in folder.Value)
                writer.Put(Field.Entry, name);
        });
        to.PutEach(Field.Existing, _existing, static (writer, path) =>
        {
            writer.Put(Field.Name, path.Key);
            writer.Put(Field.Is, path.Value);
        });
        to.PutEach(Field.Interface, _interfaces, static (writer, link) =>
        {
            writer.Put(Field.Name, link.Key);
            if (link.Value is not { } facts)
                return;
            writer.Put(Field.Index, facts.Index);
            writer.Put(Field.Kind, facts.Kind);
            writer.Put(Field.Base, facts.Base);
            writer.Put(Field.IsLoopback, facts.IsLoopback);
        });
        to.PutEach(Field.User, _users, static (writer, user) =>
        {
            writer.Put(Field.Name, user.Key);
            if (user.Value is not { } found)
                return;
            writer.Put(Field.UserId, found.User);
            writer.Put(Field.GroupId, found.Group);
        });
        to.PutEach(Field.Group, _groups, static (writer, group) =>
        {
            writer.Put(Field.Name, group.Key);
            if (group.Value is { } found)
                writer.Put(Field.GroupId, found);
        });
        to.PutEach(Field.Command, _commands, static (writer, command) =>
        {
            writer.Put(Field.Name, command.Key.Command);
            writer.Put(Field.UserId, command.Key.User);
            writer.Put(Field.GroupId, command.Key.Group);
            writer.Put(Field.Path, command.Value.Path);
            writer.Put(Field.IsRunnable, command.Value.Runnable);
            writer.Put(Field.IsSecure, command.Value.Secure);
        });
        to.PutEach(Field.Number, _numbers, static (writer, number) =>
        {
            writer.Put(Field.Name, number.Key.Name);
            writer.Put(Field.Table, number.Key.Table);
            if (number.Value is { } found)
                writer.Put(Field.Is, found);
        });
        to.PutEach(Field.Address, _addresses, static (writer, address) =>
        {
            writer.Put(Field.Name, address.Key);
            writer.Put(Field.Bytes, address.Value);
        });
    }

    /// <summary>Takes the answers that were written.</summary>
    internal void Restore(StateRecord from)
    {
        _hostName = from.Text(Field.HostName);
        foreach (var one in from.Records(Field.File))
            _files[one.Name(Field.Name)] = (one.Has(Field.Bytes) ? one.Bytes(Field.Bytes).ToArray() : null, one.Text(Field.Reason) ?? "");
        foreach (var one in from.Records(Field.Folder))
            _folders[one.Name(Field.Name)] = [.. one.Texts(Field.Entry)];
        foreach (var one in from.Records(Field.Existing))
            _existing[one.Name(Field.Name)] = one.Flag(Field.Is);
        foreach (var one in from.Records(Field.Interface))
        {
            _interfaces[one.Name(Field.Name)] = one.Has(Field.Index)
                ? new InterfaceFacts(one.Name(Field.Name), one.Small(Field.Index), one.Text(Field.Kind) ?? "", one.Text(Field.Base), one.Flag(Field.IsLoopback)) : null;
        }
        foreach (var one in from.Records(Field.User))
            _users[one.Name(Field.Name)] = one.Has(Field.UserId) ? ((uint)one.Number(Field.UserId), (uint)one.Number(Field.GroupId)) : null;
        foreach (var one in from.Records(Field.Group))
            _groups[one.Name(Field.Name)] = one.Has(Field.GroupId) ? (uint)one.Number(Field.GroupId) : null;
        foreach (var one in from.Records(Field.Command))
        {
            _commands[(one.Name(Field.Name), (uint)one.Number(Field.UserId), (uint)one.Number(Field.GroupId))] =
                new CommandFacts(one.Text(Field.Path), one.Flag(Field.IsRunnable), one.Flag(Field.IsSecure));
        }
        foreach (var one in from.Records(Field.Number))
            _numbers[(one.Name(Field.Table), one.Name(Field.Name))] = one.Has(Field.Is) ? (uint)one.Number(Field.Is) : null;
        foreach (var one in from.Records(Field.Address))
            _addresses[one.Name(Field.Name)] = one.Address(Field.Bytes);
    }

    private static TValue Ask<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TKey, TValue> ask)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out var answer))
            known[key] = answer = ask(key);
        return answer;
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int HostName = 1, File = 2, Folder = 3, Existing = 4, Interface = 5, User = 6, Group = 7, Command = 8, Number = 9, Address = 10;

        internal const int Name = 1, Reason = 2, Bytes = 3, Entry = 2, Is = 2, Table = 3, Index = 2, Kind = 3, Base = 4, IsLoopback = 5, UserId = 2, GroupId = 3,
            Path = 4, IsRunnable = 5, IsSecure = 6;
    }
}
