using System.Text;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>
/// One connection to the master's CLI. Commands run one after the other: the master's own at once, those for a worker over a connection of
/// their own, whose answer is passed on until the worker closes it. It closes when the client has, or at <c>quit</c>.
/// </summary>
/// <param name="client">The connection; non-blocking.</param>
/// <param name="level">What its user may do.</param>
/// <param name="master">The master.</param>
internal sealed class MasterCliSession(int client, CliLevel level, IMasterControl master)
{
    private const int MostPending = 64 * 1024;  // bytes of an answer that wait for a slow client before its worker has to wait too
    private const int MostInput = 16 * 1024;    // bytes of one line

    private readonly List<byte> _input = [];
    private readonly Queue<string> _commands = new();
    private byte[] _output = [];
    private bool _clientEnded;
    private bool _leaving;
    private bool _prompts;
    private bool _expert, _experimental, _debug;
    private string? _payload;
    private FamilyMember? _target;
    private CliLevel _level = level;

    /// <summary>The client's connection.</summary>
    internal int Client { get; } = client;

    /// <summary>The connection to the worker whose answer is awaited; -1 when none is.</summary>
    internal int Worker { get; private set; } = -1;

    /// <summary>Whether all is said.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>What to wait for on the client's side.</summary>
    internal short ClientWants => (short)((_output.Length > 0 ? PollEntry.Out : 0) | (_clientEnded || _input.Count > MostInput ? 0 : PollEntry.In));

    /// <summary>Whether to wait for the worker's side.</summary>
    internal bool WantsWorker => Worker >= 0 && _output.Length < MostPending;

    /// <summary>Acts on what is ready.</summary>
    internal void Advance(bool clientReadable, bool workerReadable)
    {
        if (clientReadable)
            ReadClient();
        if (workerReadable)
            ReadWorker();
        RunCommands();
        Flush();
        if (_output.Length == 0 && Worker < 0 && (_leaving || _clientEnded && _commands.Count == 0))
            IsOver = true;
    }

    /// <summary>Closes both sides.</summary>
    internal void Close()
    {
        Descriptors.Close(Worker);
        Descriptors.Close(Client);
        IsOver = true;
    }

    private void ReadClient()
    {
        Span<byte> bytes = stackalloc byte[4096];
        var count = Descriptors.Read(Client, bytes, out var error);
        if (count > 0)
            _input.AddRange(bytes[..count]);
        else if (!error.IsAgain)
            _clientEnded = true;
        for (int end; (end = _input.IndexOf((byte)'\n')) >= 0;)
        {
            TakeLine(Encoding.UTF8.GetString(_input.GetRange(0, end).ToArray()));
            _input.RemoveRange(0, end + 1);
        }
        if (_input.Count > MostInput)
            _leaving = true;
    }

    private void TakeLine(string line)
    {
        if (_payload != null)
        {
            _payload += line + "\n";
            if (line.TrimEnd('\r').Length == 0)
            {
                _commands.Enqueue(_payload);
                _payload = null;
            }
            return;
        }
        if (MasterCliLine.AnnouncesPayload(line))
        {
            _payload = line + "\n";
            return;
        }
        foreach (var command in MasterCliLine.Split(line))
            _commands.Enqueue(command);
    }

    private void RunCommands()
    {
        while (Worker < 0 && !_leaving && _commands.TryDequeue(out var command))
            Run(command);
    }

    private void Run(string command)
    {
        var target = _target;
        if (MasterCliLine.TakeTarget(ref command) is { } name)
        {
            if (!TryFind(name, out target))
            {
                Say($"Can't find the target PID matching the prefix '{name}'\n");
                _leaving = true;
                return;
            }
            if (command.Length == 0)
            {
                _target = target;
                Prompt();
                return;
            }
        }
        var words = MasterCliLine.Words(command);
        if (TrySessionCommand(words, target))
            return;
        if (target != null)
        {
            Forward(target, command);
            return;
        }
        Say(Answer(words));
        Prompt();
    }

    /// <summary>What changes the session itself, whichever process it talks to.</summary>
    private bool TrySessionCommand(string[] words, FamilyMember? target)
    {
        if (words.Length == 0)
            return false;
        switch (words[0])
        {
            case "quit":
                Prompt();
                _leaving = true;
                return true;
            case "expert-mode":
                _expert = words.Length > 1 ? words[1] == "on" : _expert;
                break;
            case "experimental-mode":
                _experimental = words.Length > 1 ? words[1] == "on" : _experimental;
                break;
            case "mcli-debug-mode":
                _debug = words.Length > 1 ? words[1] == "on" : _debug;
                break;
            case "prompt" when target == null:
                _prompts = !_prompts;
                break;
            case "operator" when target == null:
                return TryLower(CliLevel.Operator);
            case "user" when target == null:
                return TryLower(CliLevel.User);
            default:
                return false;
        }
        Prompt();
        return true;
    }

    private bool TryLower(CliLevel level)
    {
        if (_level < level)
        {
            Say("Permission denied!\n");
            _leaving = true;
            return true;
        }
        _level = level;
        Prompt();
        return true;
    }

    private string Answer(string[] words) => words switch
    {
        ["help", ..] => MasterCliCommands.Help(words.AsSpan(1)),
        ["reload"] => Reload(),
        ["show", "proc", ..] => master.Family.Show(master.Now) + "\n",
        ["show", "version", ..] => ProductVersion.Text + "\n\n",
        ["show", "cli", "level", ..] => _level.ToString().ToLowerInvariant() + "\n\n",
        ["show", "cli", "sockets", ..] => "\n",
        _ => MasterCliCommands.Unknown(words),
    };

    private string Reload()
    {
        if (_level < CliLevel.Operator)
            return "Permission denied\n\n";
        _leaving = true; // the next execution of the master cannot speak to this client
        master.AskReload();
        return "";
    }

    private bool TryFind(string name, out FamilyMember? target)
    {
        target = null;
        if (name is "@" or "@master")
            return true;
        if (name.StartsWith("@!", StringComparison.Ordinal))
            target = int.TryParse(name.AsSpan(2), out var pid) ? master.Family.Find(pid) : null;
        else if (name == "@1")
            target = master.Family.CurrentWorker;
        return target is { Kind: MemberKind.Worker, Descriptor: >= 0 };
    }

    private void Forward(FamilyMember target, string command)
    {
        Worker = SocketPairs.Connect(target.Descriptor, out _);
        if (Worker < 0)
        {
            Say($"Can't connect to the target CLI!\n"); // it is on its way out
            Prompt();
            return;
        }
        var text = new StringBuilder();
        if (_level < CliLevel.Admin)
            text.Append(_level == CliLevel.User ? "user" : "operator").Append(" -\r\n"); // "-": do it, say nothing, stay
        if (_expert)
            text.Append("expert-mode on -\r\n");
        if (_experimental)
            text.Append("experimental-mode on -\r\n");
        text.Append(command);
        if (!command.EndsWith('\n'))
            text.Append('\n');
        _ = Descriptors.WriteAll(Worker, Encoding.UTF8.GetBytes(text.ToString()));
        _ = Descriptors.SetNonBlocking(Worker, true);
    }

    private void ReadWorker()
    {
        Span<byte> bytes = stackalloc byte[16 * 1024];
        var count = Descriptors.Read(Worker, bytes, out var error);
        if (count > 0)
        {
            Say(bytes[..count]);
            return;
        }
        if (error.IsAgain)
            return;
        Descriptors.Close(Worker);
        Worker = -1;
        Prompt();
    }

    private void Prompt()
    {
        if (!_prompts)
            return;
        var flags = (_experimental ? "x" : "") + (_expert ? "e" : "") + (_debug ? "d" : "");
        var who = _target == null ? "master" : _target.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var failed = _target == null && master.Family.Master.FailedReloads > 0 ? "[ReloadFailed]" : "";
        Say($"{who}{(flags.Length > 0 ? $"({flags})" : "")}{failed}> ");
    }

    private void Say(string text) => Say(Encoding.UTF8.GetBytes(text));

    private void Say(ReadOnlySpan<byte> bytes) => _output = [.. _output, .. bytes];

    private void Flush()
    {
        while (_output.Length > 0)
        {
            var count = Descriptors.Write(Client, _output, out var error);
            if (error.IsAgain)
                return;
            if (!error.IsNone)
            {
                _output = [];
                _leaving = true;
                return;
            }
            _output = _output[count..];
        }
    }
}
