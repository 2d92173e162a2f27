using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Persistence;

/// <summary>What is known about the persistence cookie of one request; lives in its stream.</summary>
public struct CookieTrack
{
    /// <summary>The third letter of the termination state (configuration manual 8.5): N none, I invalid, D down, V valid, E expired, O old, U unused, - not looked for.</summary>
    public byte RequestLetter;

    /// <summary>The fourth letter: N nothing, I inserted, U updated, P provided, R rewritten, D deleted, - not looked for.</summary>
    public byte ResponseLetter;

    /// <summary>The server the cookie leads to; null where the algorithm chooses.</summary>
    public ServerState? Server;

    /// <summary>Whether it leads there although the server is down (<c>option persist</c>, <c>force-persist</c>).</summary>
    public bool IsForced;

    /// <summary>Whether persistence takes no part: <c>ignore-persist</c>, or another rule chose the server. Nothing is inserted then.</summary>
    public bool IsIgnored;

    /// <summary>When the cookie was last seen, seconds since 1970; 0 unknown.</summary>
    public long LastSeen;

    /// <summary>When the cookie was first sent, seconds since 1970; 0 unknown.</summary>
    public long FirstSeen;

    /// <summary>A track before anything was looked at.</summary>
    public static CookieTrack New => new() { RequestLetter = (byte)'-', ResponseLetter = (byte)'-' };

    /// <summary>Another server is taken than the cookie says (redispatch after a full queue or a failed connection): it counts as down, and a new cookie is set.</summary>
    public void Forsake()
    {
        Server = null;
        IsForced = false;
        if (RequestLetter == 'V')
        {
            RequestLetter = (byte)'D';
        }
    }
}
