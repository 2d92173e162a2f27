namespace Dropin.Runtime.Proxy.Rules;

/// <summary>What a rule answers with.</summary>
public enum RuleAnswerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The section's error answer for <see cref="RuleAnswer.Status"/>.</summary>
    ErrorPage,

    /// <summary><see cref="RuleAnswer.Message"/>.</summary>
    Message,
}

/// <summary>The answer that a rule made, as a whole HTTP/1.1 message, head and body.</summary>
/// <remarks>
/// The engine reads the message as it would read a server's, so that the rules of responses and the client's mux treat it alike. The buffer is kept
/// for the next answer; it is valid until the subject begins a new stream.
/// </remarks>
public sealed class RuleAnswer
{
    private byte[] _bytes = [];

    /// <summary>What it is.</summary>
    public RuleAnswerKind Kind { get; private set; }

    /// <summary>Its status.</summary>
    public int Status { get; private set; }

    /// <summary>How many bytes the message has.</summary>
    public int Length { get; private set; }

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Message => _bytes.AsMemory(0, Length);

    /// <summary>
    /// A challenge to be added to the answer's head: as <c>www-authenticate</c> to a 401, as <c>proxy-authenticate</c> to a 407. Empty: none.
    /// </summary>
    public ReadOnlyMemory<byte> Challenge { get; set; }

    /// <summary>Whether the connection ends with it unless the request was read whole before (redirections).</summary>
    public bool ClosesUnreadRequest { get; set; }

    /// <summary>It has no answer.</summary>
    public void Clear()
    {
        Kind = RuleAnswerKind.None;
        Length = 0;
        ClosesUnreadRequest = false;
        Challenge = default;
    }

    /// <summary>It is the section's error answer.</summary>
    public void SetErrorPage(int status)
    {
        Kind = RuleAnswerKind.ErrorPage;
        Status = status;
        ClosesUnreadRequest = false;
        Length = 0;
    }

    /// <summary>It is a message, to be written with Append.</summary>
    public void StartMessage(int status)
    {
        Kind = RuleAnswerKind.Message;
        Status = status;
        ClosesUnreadRequest = false;
        Length = 0;
    }

    /// <summary>Adds bytes to the message.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Adds a number to the message.</summary>
    public void Append(long number)
    {
        var room = Reserve(20);
        System.Buffers.Text.Utf8Formatter.TryFormat(number, room, out var used);
        Length -= 20 - used;
    }

    private Span<byte> Reserve(int length)
    {
        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(1024, (Length + length) * 2));
        }

        var room = _bytes.AsSpan(Length, length);
        Length += length;
        return room;
    }
}
