using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>defaults</c>, <c>frontend</c>, <c>backend</c> and <c>listen</c>.</summary>
/// <param name="table">The keywords; Binding puts the table together, for some of them belong to Expressions.</param>
internal sealed class ProxySection(KeywordTable<ProxySyntax> table) : ISectionReader
{
    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        var document = line.Document;
        var capability = line[0] switch
        {
            "listen" => ProxyCapability.Listen,
            "frontend" => ProxyCapability.Frontend,
            "backend" => ProxyCapability.Backend,
            _ => ProxyCapability.Listen,
        };
        if (line[0] == "defaults")
        {
            BeginDefaults(line);
            return document.CurrentProxy?.Name is { Length: > 0 } name ? name : "defaults";
        }

        if (line[1].Length == 0)
        {
            line.Stop("missing-argument", $"'{line[0]}' expects an <id> argument\n");
            document.CurrentProxy = null;
            return line[0];
        }

        if (ServerLines.InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in '{line[0]}' name '{line[1]}'.", word: 1);
        }

        if (Same(document, line[1], capability) is { } other)
        {
            line.Error("duplicate-name",
                $"{TypeOf(capability)} '{line[1]}' has the same name as {other.TypeName} '{other.Name}' declared at {other.At.File}:{other.At.Line}.",
                DiagnosticPlace.ParsingCapital, 1);
        }

        var from = document.CurrentDefaults;
        var next = 2;
        if (line[2] == "from" && line[3].Length > 0 && !line.HasTooMany(3))
        {
            next = 4;
            from = Find(line, line[3], $"{TypeOf(capability)} '{line[1]}'");
            if (from is null)
            {
                document.CurrentProxy = null;
                return line[1];
            }
        }

        document.CurrentProxy = null;
        if (line[next].Length > 0 && (capability & ProxyCapability.Frontend) != 0)
        {
            line.Alert("bind-on-section", $"please use the 'bind' keyword for listening addresses.");
            return line[1];
        }

        var proxy = ProxySyntax.From(from, line[1], capability, false, line.At, document);
        document.CurrentProxy = proxy;
        document.Add(proxy);
        return proxy.Name;
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        if (line.Document.CurrentProxy is not { } proxy)
        {
            line.Error("no-section", $"'listen' or 'defaults' expected.");
            return;
        }

        if (table.Find(line[0]) is { } reader)
        {
            reader(line, proxy);
            return;
        }

        var near = table.Suggest(line[0]);
        line.Error("unknown-keyword", near is null ? Problem.Of($"unknown keyword '{line[0]}' in '{line.Section}' section")
            : Problem.Of($"unknown keyword '{line[0]}' in '{line.Section}' section; did you mean '{near}' maybe ?"));
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document)
    {
    }

    private static void BeginDefaults(ConfigLine line)
    {
        var document = line.Document;
        var named = line[1] != "from" || line[2].Length == 0;
        var name = named ? line[1] : "";
        var at = named ? 2 : 1;
        ProxySyntax? from = null;
        if (line[at] == "from" && line[at + 1].Length == 0)
        {
            line.Error("bad-name", $"character '{'\0'}' is not permitted in '{line[0]}' name '{line[at + 1]}'.");
            document.CurrentProxy = null;
            return;
        }

        if (line[at] == "from")
        {
            from = Find(line, line[at + 1], $"defaults '{name}'");
            if (from is null)
            {
                document.CurrentProxy = null;
                return;
            }

            line.HasTooMany(at + 1);
        }

        if (from is { HasRules: true })
        {
            line.Stop("inherited-rules",
                $"a defaults section cannot inherit from a defaults section defining TCP/HTTP rules (defaults section at {from.At.File}:{from.At.Line}).", DiagnosticPlace.ParsingTight);
        }

        var defaults = ProxySyntax.From(from, name, ProxyCapability.Listen, true, line.At, document);
        document.Defaults.Add(defaults);
        document.CurrentDefaults = defaults;
        document.CurrentProxy = defaults;
    }

    private static ProxySyntax? Find(ConfigLine line, string name, string who)
    {
        ProxySyntax? found = null;
        foreach (var defaults in line.Document.Defaults)
        {
            if (defaults.Name != name || name.Length == 0)
            {
                continue;
            }

            if (found is not null)
            {
                line.Error("ambiguous-defaults",
                    $"ambiguous defaults section name '{name}' referenced by {who} exists at least at {found.At.File}:{found.At.Line} and {defaults.At.File}:{defaults.At.Line}.");
                return found;
            }

            found = defaults;
        }

        if (found is null)
        {
            line.Stop("unknown-defaults", $"defaults section '{name}' not found for {who}.");
        }

        return found;
    }

    private static ProxySyntax? Same(ConfigSyntax document, string name, ProxyCapability capability)
    {
        if ((capability & ProxyCapability.Frontend) != 0 && document.FindProxy(name, ProxyCapability.Frontend) is { } frontend)
        {
            return frontend;
        }

        return (capability & ProxyCapability.Backend) != 0 ? document.FindProxy(name, ProxyCapability.Backend) : null;
    }

    private static string TypeOf(ProxyCapability capability) =>
        capability switch { ProxyCapability.Frontend => "frontend", ProxyCapability.Backend => "backend", _ => "proxy" };
}
