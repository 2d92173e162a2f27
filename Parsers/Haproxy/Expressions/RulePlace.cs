namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Places where a sample expression can stand; a fetch says in which of them its value exists.</summary>
[Flags]
internal enum RulePlace
{
    None = 0,
    FrontendConnection = 1 << 0,
    FrontendSession = 1 << 1,
    FrontendContent = 1 << 2,
    FrontendRequestHead = 1 << 3,
    FrontendRequestBody = 1 << 4,
    FrontendUseBackend = 1 << 5,
    BackendContent = 1 << 6,
    BackendRequestHead = 1 << 7,
    BackendRequestBody = 1 << 8,
    BackendSetServer = 1 << 9,
    ServerSource = 1 << 10,
    BackendResponseContent = 1 << 11,
    BackendResponseHead = 1 << 12,
    BackendResponseBody = 1 << 13,
    StickStore = 1 << 14,
    FrontendResponseContent = 1 << 15,
    FrontendResponseHead = 1 << 16,
    FrontendResponseBody = 1 << 17,
    Log = 1 << 18,
    TcpCheck = 1 << 19,
    Configuration = 1 << 20,
    Cli = 1 << 21,

    /// <summary>Everywhere a response is looked at before it is logged.</summary>
    Responses = BackendResponseContent | BackendResponseHead | BackendResponseBody | StickStore
        | FrontendResponseContent | FrontendResponseHead | FrontendResponseBody,
}

/// <summary>How messages speak of places and of what a fetch looks at.</summary>
internal static class RulePlaceNames
{
    private static readonly string[] Names =
    [
        "frontend tcp-request connection rule", "frontend tcp-request session rule", "frontend tcp-request content rule",
        "frontend http-request header rule", "frontend http-request body rule", "frontend use-backend rule",
        "backend tcp-request content rule", "backend http-request header rule", "backend http-request body rule",
        "backend use-server, balance or stick-match rule", "server source selection", "backend tcp-response content rule",
        "backend http-response header rule", "backend http-response body rule", "backend stick-store rule",
        "frontend tcp-response content rule", "frontend http-response header rule", "frontend http-response body rule", "logs",
        "backend tcp-check rule", "configuration parser", "CLI parser",
    ];

    /// <summary>The name of the first place of a set.</summary>
    public static string NameOf(RulePlace place) => Names[int.TrailingZeroCount((int)place)];

    /// <summary>What a fetch looks at: the letters of the table in words.</summary>
    public static string NeedsOf(string letters)
    {
        var text = "";
        foreach (var letter in letters)
        {
            text += (text.Length > 0 ? "," : "") + letter switch
            {
                'q' => "HTTP request headers",
                's' => "HTTP response headers",
                'b' => "request buffer",
                'r' => "response buffer",
                'c' => "client-side connection",
                'v' => "server-side connection",
                'h' => "HTTP request",
                'p' => "HTTP response",
                'k' => "backend",
                'a' => "server address",
                'e' => "server",
                'l' => "client address",
                'f' => "frontend",
                _ => "internal state",
            };
        }

        return text;
    }
}
