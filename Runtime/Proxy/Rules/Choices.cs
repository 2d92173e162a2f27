using System.Text;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>Compiled <c>use_backend</c> rules.</summary>
public sealed class BackendChoice
{
    private readonly (ProxyState? Backend, LogFormatProgram? Dynamic, ConditionTest? Condition)[] _rules;
    private readonly Dictionary<string, ProxyState> _byName = new(StringComparer.Ordinal);

    internal BackendChoice((ProxyState?, LogFormatProgram?, ConditionTest?)[] rules, IReadOnlyList<ProxyState> proxies)
    {
        _rules = rules;
        foreach (var proxy in proxies)
        {
            if (proxy.Backend is not null)
            {
                _byName.TryAdd(proxy.Name, proxy);
            }
        }
    }

    /// <summary>The backend of the first rule that holds; null where none holds, or its dynamic name is no backend: the default backend follows.</summary>
    public ProxyState? Choose(RuleSubject subject)
    {
        foreach (var (backend, dynamic, condition) in _rules)
        {
            if (condition is not null && condition.Evaluate(subject) != Truth.True)
            {
                continue;
            }

            return dynamic is null ? backend : Named(subject, dynamic);
        }

        return null;
    }

    private ProxyState? Named(RuleSubject subject, LogFormatProgram dynamic)
    {
        var mark = subject.Scratch.Mark();
        var name = dynamic.WriteToScratch(subject);
        Span<char> characters = stackalloc char[Math.Min(name.Length, 512)];
        var length = Encoding.Latin1.GetChars(name[..characters.Length], characters);
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..length], out var found);
        subject.Scratch.Release(mark);
        return found;
    }
}

/// <summary>Compiled <c>use-server</c> rules.</summary>
public sealed class ServerChoice
{
    private readonly (ServerState? Server, LogFormatProgram? Dynamic, ConditionTest Condition)[] _rules;
    private readonly BackendState _backend;

    internal ServerChoice((ServerState?, LogFormatProgram?, ConditionTest)[] rules, BackendState backend) => (_rules, _backend) = (rules, backend);

    /// <summary>The server of the first rule that holds; null where none holds. Whether the server is up is the engine's business.</summary>
    public ServerState? Choose(RuleSubject subject)
    {
        foreach (var (server, dynamic, condition) in _rules)
        {
            if (condition.Evaluate(subject) != Truth.True)
            {
                continue;
            }

            return dynamic is null ? server : Named(subject, dynamic);
        }

        return null;
    }

    private ServerState? Named(RuleSubject subject, LogFormatProgram dynamic)
    {
        var mark = subject.Scratch.Mark();
        var name = dynamic.WriteToScratch(subject);
        ServerState? found = null;
        foreach (var server in _backend.Servers)
        {
            if (Samples.Names.Of(server).SequenceEqual(name))
            {
                found = server;
                break;
            }
        }

        subject.Scratch.Release(mark);
        return found;
    }
}

/// <summary>Compiled <c>force-persist</c> and <c>ignore-persist</c> rules.</summary>
public sealed class PersistChoice
{
    private readonly (bool Force, ConditionTest Condition)[] _rules;

    internal PersistChoice((bool, ConditionTest)[] rules) => _rules = rules;

    /// <summary>Whether persistence is forced to servers that are down (true), ignored (false), or neither (null).</summary>
    public bool? Choose(RuleSubject subject)
    {
        foreach (var (force, condition) in _rules)
        {
            if (condition.Evaluate(subject) == Truth.True)
            {
                return force;
            }
        }

        return null;
    }
}

/// <summary>A condition alone (<c>monitor fail</c>, <c>stats admin</c>).</summary>
public sealed class ConditionProgram
{
    private readonly ConditionTest _test;

    internal ConditionProgram(ConditionTest test) => _test = test;

    /// <summary>Whether it holds.</summary>
    public bool Holds(RuleSubject subject) => _test.Evaluate(subject) == Truth.True;
}
