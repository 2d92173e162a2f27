using System.Text;

namespace Dropin.Runtime.Proxy.Answers;

/// <summary>The answers that are built in, for errors that no file replaces (configuration manual 4.2, <c>errorfile</c>).</summary>
/// <param name="Reason">The reason phrase.</param>
/// <param name="Body">The page.</param>
public sealed record BuiltInAnswer(string Reason, string Body)
{
    /// <summary>The statuses that have an answer.</summary>
    public static ReadOnlySpan<int> Statuses => [400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504];

    /// <summary>The answer for a status; null where there is none.</summary>
    public static BuiltInAnswer? Of(int status) => status switch
    {
        200 => new("OK", "<html><body><h1>200 OK</h1>\nService ready.\n</body></html>\n"),
        400 => new("Bad request", "<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>\n"),
        401 => new("Unauthorized", "<html><body><h1>401 Unauthorized</h1>\nYou need a valid user and password to access this content.\n</body></html>\n"),
        403 => new("Forbidden", "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n"),
        404 => new("Not Found", "<html><body><h1>404 Not Found</h1>\nThe resource could not be found.\n</body></html>\n"),
        405 => new("Method Not Allowed", "<html><body><h1>405 Method Not Allowed</h1>\nA request was made of a resource using a request method not supported by that resource\n</body></html>\n"),
        407 => new("Unauthorized", "<html><body><h1>407 Unauthorized</h1>\nYou need a valid user and password to access this content.\n</body></html>\n"),
        408 => new("Request Time-out", "<html><body><h1>408 Request Time-out</h1>\nYour browser didn't send a complete request in time.\n</body></html>\n"),
        410 => new("Gone", "<html><body><h1>410 Gone</h1>\nThe resource is no longer available and will not be available again.\n</body></html>\n"),
        413 => new("Payload Too Large", "<html><body><h1>413 Payload Too Large</h1>\nThe request entity exceeds the maximum allowed.\n</body></html>\n"),
        421 => new("Misdirected Request", "<html><body><h1>421 Misdirected Request</h1>\nRequest sent to a non-authoritative server.\n</body></html>\n"),
        422 => new("Unprocessable Content", "<html><body><h1>422 Unprocessable Content</h1>\nThe server cannot process the contained instructions.\n</body></html>\n"),
        425 => new("Too Early", "<html><body><h1>425 Too Early</h1>\nYour browser sent early data.\n</body></html>\n"),
        429 => new("Too Many Requests", "<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given amount of time.\n</body></html>\n"),
        500 => new("Internal Server Error", "<html><body><h1>500 Internal Server Error</h1>\nAn internal server error occurred.\n</body></html>\n"),
        501 => new("Not Implemented", "<html><body><h1>501 Not Implemented</h1>\n.The server does not support the functionality required to fulfill the request.\n</body></html>\n"),
        502 => new("Bad Gateway", "<html><body><h1>502 Bad Gateway</h1>\nThe server returned an invalid or incomplete response.\n</body></html>\n"),
        503 => new("Service Unavailable", "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n"),
        504 => new("Gateway Time-out", "<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond in time.\n</body></html>\n"),
        _ => null,
    };

    /// <summary>The whole message as streams send it: with a length, not to be cached.</summary>
    public byte[] ToMessage(int status) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} {Reason}\r\ncontent-length: {Body.Length}\r\ncache-control: no-cache\r\n"
        + (status is 400 or 408 ? "connection: close\r\n" : "")
        + $"content-type: text/html\r\n\r\n{Body}");

    /// <summary>The whole message as the HTTP/1 mux sends it by itself when a request cannot be read.</summary>
    public byte[] ToMuxMessage(int status) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} {Reason}\r\nContent-length: {Body.Length}\r\nCache-Control: no-cache\r\n"
        + (status == 422 ? "" : "Connection: close\r\n") + $"Content-Type: text/html\r\n\r\n{Body}");
}
