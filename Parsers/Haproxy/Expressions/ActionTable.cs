using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>The actions of a rule set, in the order in which messages list them.</summary>
/// <param name="entries">Names and readers; a name that ends in "(*)" is the beginning of the word.</param>
internal sealed class ActionTable(params (string Name, ActionReader Reader)[] entries)
{
    /// <summary><c>http-request</c></summary>
    public static readonly ActionTable HttpRequest = new(
        ("wait-for-handshake", Actions.Plain(new WaitForHandshakeAction())),
        ("ot-group", Actions.Refused),
        ("set-log-level", Actions.LogLevel),
        ("set-nice", Actions.Nice),
        ("use-service", Actions.Service),
        ("sc-inc-gpc(*)", Actions.Refused),
        ("sc-inc-gpc0(*)", Actions.Refused),
        ("sc-inc-gpc1(*)", Actions.Refused),
        ("sc-set-gpt(*)", Actions.Refused),
        ("sc-set-gpt0(*)", Actions.Refused),
        ("send-spoe-group", Actions.Refused),
        ("do-resolve(*)", Actions.Refused),
        ("cache-use", Actions.Refused),
        ("add-acl(*)", Actions.ChangePatterns(PatternOperation.AddAcl)),
        ("add-header", Actions.Header(HeaderOperation.Add)),
        ("allow", Actions.Plain(new AllowAction())),
        ("auth", Actions.Auth),
        ("capture", Actions.Capture),
        ("del-acl(*)", Actions.ChangePatterns(PatternOperation.DeleteAcl)),
        ("del-header", Actions.DeleteHeader),
        ("del-map(*)", Actions.ChangePatterns(PatternOperation.DeleteMap)),
        ("deny", Actions.Deny(403, tarpit: false)),
        ("disable-l7-retry", Actions.Plain(new DisableRetryAction())),
        ("early-hint", Actions.EarlyHint),
        ("normalize-uri", Actions.Normalize),
        ("redirect", Actions.Redirect),
        ("reject", Actions.Plain(new RejectAction())),
        ("replace-header", Actions.ReplaceHeader(HeaderOperation.ReplaceHeader)),
        ("replace-path", Actions.ReplacePart(RequestPart.Path)),
        ("replace-pathq", Actions.ReplacePart(RequestPart.PathQuery)),
        ("replace-uri", Actions.ReplacePart(RequestPart.Uri)),
        ("replace-value", Actions.ReplaceHeader(HeaderOperation.ReplaceValue)),
        ("return", Actions.Return),
        ("set-header", Actions.Header(HeaderOperation.Set)),
        ("set-map(*)", Actions.ChangePatterns(PatternOperation.SetMap)),
        ("set-method", Actions.SetPart(RequestPart.Method)),
        ("set-path", Actions.SetPart(RequestPart.Path)),
        ("set-pathq", Actions.SetPart(RequestPart.PathQuery)),
        ("set-query", Actions.SetPart(RequestPart.Query)),
        ("set-uri", Actions.SetPart(RequestPart.Uri)),
        ("strict-mode", Actions.StrictMode),
        ("tarpit", Actions.Deny(500, tarpit: true)),
        ("track-sc(*)", Actions.Refused),
        ("set-timeout", Actions.Timeout),
        ("wait-for-body", Actions.WaitForBody),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable),
        ("set-dst", Actions.Address(AddressPart.Destination)),
        ("set-dst-port", Actions.Address(AddressPart.DestinationPort)),
        ("set-mark", Actions.PacketField(mark: true)),
        ("set-src", Actions.Address(AddressPart.Source)),
        ("set-src-port", Actions.Address(AddressPart.SourcePort)),
        ("set-tos", Actions.PacketField(mark: false)),
        ("silent-drop", Actions.Plain(new SilentDropAction())),
        ("set-priority-class", Actions.Priority(offset: false)),
        ("set-priority-offset", Actions.Priority(offset: true)));

    /// <summary><c>http-response</c></summary>
    public static readonly ActionTable HttpResponse = new(
        ("ot-group", Actions.Refused),
        ("set-log-level", Actions.LogLevel),
        ("set-nice", Actions.Nice),
        ("sc-inc-gpc(*)", Actions.Refused),
        ("sc-inc-gpc0(*)", Actions.Refused),
        ("sc-inc-gpc1(*)", Actions.Refused),
        ("sc-set-gpt(*)", Actions.Refused),
        ("sc-set-gpt0(*)", Actions.Refused),
        ("send-spoe-group", Actions.Refused),
        ("cache-store", Actions.Refused),
        ("add-acl(*)", Actions.ChangePatterns(PatternOperation.AddAcl)),
        ("add-header", Actions.Header(HeaderOperation.Add)),
        ("allow", Actions.Plain(new AllowAction())),
        ("capture", Actions.Capture),
        ("del-acl(*)", Actions.ChangePatterns(PatternOperation.DeleteAcl)),
        ("del-header", Actions.DeleteHeader),
        ("del-map(*)", Actions.ChangePatterns(PatternOperation.DeleteMap)),
        ("deny", Actions.Deny(502, tarpit: false)),
        ("redirect", Actions.Redirect),
        ("replace-header", Actions.ReplaceHeader(HeaderOperation.ReplaceHeader)),
        ("replace-value", Actions.ReplaceHeader(HeaderOperation.ReplaceValue)),
        ("return", Actions.Return),
        ("set-header", Actions.Header(HeaderOperation.Set)),
        ("set-map(*)", Actions.ChangePatterns(PatternOperation.SetMap)),
        ("set-status", Actions.SetStatus),
        ("strict-mode", Actions.StrictMode),
        ("track-sc(*)", Actions.Refused),
        ("wait-for-body", Actions.WaitForBody),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable),
        ("set-mark", Actions.PacketField(mark: true)),
        ("set-tos", Actions.PacketField(mark: false)),
        ("silent-drop", Actions.Plain(new SilentDropAction())));

    /// <summary><c>http-after-response</c></summary>
    public static readonly ActionTable HttpAfterResponse = new(
        ("ot-group", Actions.Refused),
        ("add-header", Actions.Header(HeaderOperation.Add)),
        ("allow", Actions.Plain(new AllowAction())),
        ("capture", Actions.Capture),
        ("del-header", Actions.DeleteHeader),
        ("replace-header", Actions.ReplaceHeader(HeaderOperation.ReplaceHeader)),
        ("replace-value", Actions.ReplaceHeader(HeaderOperation.ReplaceValue)),
        ("set-header", Actions.Header(HeaderOperation.Set)),
        ("set-status", Actions.SetStatus),
        ("strict-mode", Actions.StrictMode),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable));

    /// <summary><c>tcp-request connection</c> and <c>tcp-request session</c>, behind those that all of <c>tcp-request</c> has.</summary>
    public static readonly ActionTable TcpConnection = new(
        ("sc-inc-gpc(*)", Actions.Refused),
        ("sc-inc-gpc0(*)", Actions.Refused),
        ("sc-inc-gpc1(*)", Actions.Refused),
        ("sc-set-gpt(*)", Actions.Refused),
        ("sc-set-gpt0(*)", Actions.Refused),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable),
        ("set-dst", Actions.Address(AddressPart.Destination)),
        ("set-dst-port", Actions.Address(AddressPart.DestinationPort)),
        ("set-mark", Actions.PacketField(mark: true)),
        ("set-src", Actions.Address(AddressPart.Source)),
        ("set-src-port", Actions.Address(AddressPart.SourcePort)),
        ("set-tos", Actions.PacketField(mark: false)),
        ("silent-drop", Actions.Plain(new SilentDropAction())));

    /// <summary><c>tcp-request content</c>, behind those that all of <c>tcp-request</c> has.</summary>
    public static readonly ActionTable TcpContent = new(
        ("ot-group", Actions.Refused),
        ("set-log-level", Actions.LogLevel),
        ("set-nice", Actions.Nice),
        ("switch-mode", TcpRules.SwitchMode),
        ("use-service", Actions.Service),
        ("sc-inc-gpc(*)", Actions.Refused),
        ("sc-inc-gpc0(*)", Actions.Refused),
        ("sc-inc-gpc1(*)", Actions.Refused),
        ("sc-set-gpt(*)", Actions.Refused),
        ("sc-set-gpt0(*)", Actions.Refused),
        ("send-spoe-group", Actions.Refused),
        ("do-resolve(*)", Actions.Refused),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable),
        ("set-src", Actions.Address(AddressPart.Source)),
        ("set-src-port", Actions.Address(AddressPart.SourcePort)),
        ("set-dst", Actions.Address(AddressPart.Destination)),
        ("set-dst-port", Actions.Address(AddressPart.DestinationPort)),
        ("set-mark", Actions.PacketField(mark: true)),
        ("set-tos", Actions.PacketField(mark: false)),
        ("silent-drop", Actions.Plain(new SilentDropAction())),
        ("set-priority-class", Actions.Priority(offset: false)),
        ("set-priority-offset", Actions.Priority(offset: true)));

    /// <summary><c>tcp-response content</c>, behind accept, close and reject.</summary>
    public static readonly ActionTable TcpResponseContent = new(
        ("ot-group", Actions.Refused),
        ("set-log-level", Actions.LogLevel),
        ("set-nice", Actions.Nice),
        ("sc-inc-gpc(*)", Actions.Refused),
        ("sc-inc-gpc0(*)", Actions.Refused),
        ("sc-inc-gpc1(*)", Actions.Refused),
        ("sc-set-gpt(*)", Actions.Refused),
        ("sc-set-gpt0(*)", Actions.Refused),
        ("send-spoe-group", Actions.Refused),
        ("set-var-fmt(*)", Actions.Variable),
        ("set-var(*)", Actions.Variable),
        ("unset-var(*)", Actions.Variable),
        ("set-mark", Actions.PacketField(mark: true)),
        ("set-tos", Actions.PacketField(mark: false)),
        ("silent-drop", Actions.Plain(new SilentDropAction())));

    /// <summary>Every word as messages list it, what becomes of it, and why where it is not executed.</summary>
    public IEnumerable<(string Name, KeywordStatus Status, string Why)> Words => entries.Select(e =>
        e.Reader == Actions.Nice ? (e.Name, KeywordStatus.Accepted, "streams have no priority among each other")
        : Refusing.Contains(e.Reader) ? (e.Name, KeywordStatus.Refused, "not executed yet")
        : (e.Name, KeywordStatus.Executed, ""));

    // Each of them ends with a refusal by name, whatever it reads before.
    private static readonly ActionReader[] Refusing = [Actions.Refused, Actions.Normalize, Actions.Service, TcpRules.SwitchMode];

    /// <summary>The names as a message lists them.</summary>
    public string List { get; } = string.Join(", ", entries.Select(e => $"'{e.Name}'"));

    /// <summary>The names, without what stands for arguments.</summary>
    public IEnumerable<string> Names => entries.Select(e => e.Name.Replace("(*)", "", StringComparison.Ordinal));

    /// <summary>The reader of a word; null where the word is no action.</summary>
    public ActionReader? Find(string word)
    {
        var open = word.IndexOf('(', StringComparison.Ordinal);
        var head = open < 0 ? word : word[..open];
        foreach (var (name, reader) in entries)
        {
            if (name == word || (name.EndsWith("(*)", StringComparison.Ordinal) && name.AsSpan()[..^3].SequenceEqual(head)))
            {
                return reader;
            }
        }

        foreach (var (name, reader) in entries)
        {
            if (name.EndsWith("(*)", StringComparison.Ordinal) && word.AsSpan().StartsWith(name.AsSpan()[..^3]))
            {
                return reader;
            }
        }

        return null;
    }
}
