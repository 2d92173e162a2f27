using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <content>Health checks and agents.</content>
internal static partial class ServerOptions
{
    private static void AddChecks(OptionTable<ServerSyntax> table) => table
        .Executed("addr", 1, CheckAddress)
        .Executed("agent-addr", 1, AgentAddress)
        .Executed("agent-check", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.AgentCheck = true))
        .Executed("agent-inter", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Interval(o, s, v => s.AgentInterval = v))
        .Executed("agent-port", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            o.Value.Text.Length == 0 ? Problem.Of($"'agent-port' expects a port number as argument.") : Set(s.AgentPort = Values.Integer(o.Value.Text)))
        .Executed("agent-send", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            o.Value.Text.Length == 0 ? Problem.Of($"'agent-send' expects a string as argument.") : Set(s.AgentSend = o.Value.Text))
        .Executed("check", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Check = true))
        .Accepted("check-proto", 1, "the protocol follows the check", Protocol)
        .Executed("check-send-proxy", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.CheckSendProxy = true))
        .Refused("check-via-socks4", 0, "servers are reached directly")
        .Executed("downinter", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Interval(o, s, v => s.DownInterval = v))
        .Executed("fall", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Threshold(o, v => s.Fall = v))
        .Executed("fastinter", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Interval(o, s, v => s.FastInterval = v))
        .Executed("inter", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Interval(o, s, v => s.Interval = v))
        .Executed("no-agent-check", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.AgentCheck = false))
        .Executed("no-check", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.Check = false))
        .Executed("no-check-send-proxy", 0, static (in OptionSyntax<ServerSyntax> _, ServerSyntax s, ConfigLine _) => Set(s.CheckSendProxy = false))
        .Executed("port", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) =>
            o.Value.Text.Length == 0 ? Problem.Of($"'port' expects a port number as argument.") : Set(s.CheckPort = Values.Integer(o.Value.Text)))
        .Executed("rise", 1, static (in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine _) => Threshold(o, v => s.Rise = v));

    private static FormattableString? CheckAddress(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'addr' expects <ipv4|ipv6> as argument.";
        }

        var address = Addresses.Read(o.Value.Text, AddressNeeds.Port | AddressNeeds.ResolveNow, line.Document, out var error);
        if (address is null)
        {
            return $"'addr' : {error?.ToString().TrimEnd('\n')}";
        }

        s.CheckAddress = address.Endpoint;
        if (address.Endpoint is IpEndpoint { Port: > 0 } ip && s.CheckPort == 0)
        {
            s.CheckPort = ip.Port;
        }

        return null;
    }

    private static FormattableString? AgentAddress(in OptionSyntax<ServerSyntax> o, ServerSyntax s, ConfigLine line)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'agent-addr' expects an address as argument.";
        }

        var address = Addresses.Numeric(o.Value.Text) ?? line.Document.Surroundings.Resolve(o.Value.Text, null);
        if (address is null)
        {
            return $"parsing agent-addr failed. Check if '{o.Value.Text}' is correct address.";
        }

        s.AgentAddress = new IpEndpoint(address, 0);
        return null;
    }

    private static FormattableString? Interval(in OptionSyntax<ServerSyntax> o, ServerSyntax s, Action<Duration> set)
    {
        var name = o.Name.Text;
        if (o.Value.Text.Length == 0)
        {
            return $"'{name}' expects a delay as argument.";
        }

        switch (Values.Time(o.Value.Text, TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                return $"timer overflow in argument <{o.Value.Text}> to <{name}> of server {s.Name}, maximum value is 2147483647 ms (~24.8 days).";
            case TimeOutcome.BadCharacter:
                // The original names the agent's option here whichever it was.
                return $"unexpected character '{bad}' in 'agent-inter' argument of server {s.Name}.";
        }

        if (value == 0)
        {
            return $"invalid value {value} for argument '{name}' of server {s.Name}.";
        }

        set(Values.Duration(value));
        return null;
    }

    private static FormattableString? Threshold(in OptionSyntax<ServerSyntax> o, Action<int> set)
    {
        if (o.Value.Text.Length == 0)
        {
            return $"'{o.Name.Text}' expects an integer argument.";
        }

        var value = Values.Integer(o.Value.Text);
        set(value);
        return value <= 0 ? Problem.Of($"'{o.Name.Text}' has to be > 0.") : null;
    }
}
