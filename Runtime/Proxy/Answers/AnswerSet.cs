using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.Answers;

/// <summary>The error answers of one proxy: its own ones where the file names them, the built-in ones otherwise.</summary>
/// <remarks>An answer is a whole message; it is read like a server's response when it is sent, so that rules and the client's mux treat it alike.</remarks>
public sealed class AnswerSet
{
    private readonly Dictionary<int, byte[]> _messages = [];
    private readonly HashSet<int> _own = [];
    private static readonly Dictionary<int, byte[]> s_mux = [];

    /// <summary>Makes the answers of a proxy.</summary>
    public AnswerSet(ValueList<ErrorAnswerConfig> configured)
    {
        foreach (var status in BuiltInAnswer.Statuses)
        {
            _messages[status] = BuiltInAnswer.Of(status)!.ToMessage(status);
        }

        _messages[200] = BuiltInAnswer.Of(200)!.ToMessage(200);
        foreach (var answer in configured)
        {
            _own.Add(answer.Status);
            switch (answer)
            {
                case RawErrorAnswer raw:
                    _messages[raw.Status] = raw.Message.AsSpan().ToArray();
                    break;
                case BuiltErrorAnswer { Answer.UseProxyErrorAnswer: true } builtIn:
                    _own.Remove(builtIn.Status);
                    break;
                case BuiltErrorAnswer built:
                    Built[built.Status] = built.Answer;
                    break;
                case ErrorRedirect redirect:
                    _messages[redirect.Status] = System.Text.Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 {redirect.RedirectStatus} {(redirect.RedirectStatus == 303 ? "See Other" : "Found")}\r\n"
                        + $"Cache-Control: no-cache\r\ncontent-length: 0\r\nLocation: {redirect.Location}\r\n\r\n");
                    break;
            }
        }
    }

    /// <summary>Answers that are made of formats (<c>http-error</c>), by status; compiled by <see cref="Rules.ProxyRules"/>.</summary>
    internal Dictionary<int, Ir.Rules.ReturnConfig> Built { get; } = [];

    /// <summary>Whether the file names an answer for a status.</summary>
    public bool Owns(int status) => _own.Contains(status);

    /// <summary>The message for a status; empty where the file asks for silence (<c>/dev/null</c>).</summary>
    public ReadOnlyMemory<byte> Of(int status) => _messages.TryGetValue(status, out var message) ? message : _messages[500];

    /// <summary>
    /// The message that the HTTP/1 mux sends by itself when a request cannot be read: never the text of an error file, but silence where
    /// the file asks for silence.
    /// </summary>
    public ReadOnlySpan<byte> OfMux(int status)
    {
        if (_own.Contains(status) && !Built.ContainsKey(status) && Of(status).IsEmpty)
        {
            return default;
        }

        lock (s_mux)
        {
            if (!s_mux.TryGetValue(status, out var message))
            {
                s_mux[status] = message = (BuiltInAnswer.Of(status) ?? BuiltInAnswer.Of(400)!).ToMuxMessage(status);
            }

            return message;
        }
    }
}
