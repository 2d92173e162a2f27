namespace Dropin.Runtime.Proxy.Health;

/// <summary>How a check ended, as statistics and logs name it (management manual 9.1, check_status).</summary>
public enum CheckStatus
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Not run yet.</summary>
    Initializing,

    /// <summary>An agent answered and changed no state.</summary>
    NoChange,

    /// <summary>Traffic showed too many errors (<c>observe</c>).</summary>
    TrafficAnalysis,

    /// <summary>The system refused or the connection broke.</summary>
    SocketError,

    /// <summary>Connected.</summary>
    Layer4Ok,

    /// <summary>Not connected in time.</summary>
    Layer4Timeout,

    /// <summary>Not connected.</summary>
    Layer4Connection,

    /// <summary>TLS stands.</summary>
    Layer6Ok,

    /// <summary>TLS does not stand in time.</summary>
    Layer6Timeout,

    /// <summary>The peer does not speak TLS well.</summary>
    Layer6Response,

    /// <summary>No answer in time.</summary>
    Layer7Timeout,

    /// <summary>The answer is not what the protocol or the rule asks for.</summary>
    Layer7Response,

    /// <summary>The answer is good.</summary>
    Layer7Ok,

    /// <summary>The answer is good for old clients only (404).</summary>
    Layer7Conditional,

    /// <summary>The answer says that it does not work (500).</summary>
    Layer7Status,

    /// <summary>The program said no.</summary>
    ProgramError,

    /// <summary>The program did not end in time.</summary>
    ProgramTimeout,

    /// <summary>The program said yes.</summary>
    ProgramOk,
}

/// <summary>What a status means for the server.</summary>
public enum CheckVerdict
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Bad.</summary>
    Failed,

    /// <summary>Good.</summary>
    Passed,

    /// <summary>Good for the clients it has.</summary>
    Conditional,
}

/// <summary>The words of statuses.</summary>
public static class CheckStatuses
{
    private static readonly (string Code, string Text, CheckVerdict Verdict)[] All =
    [
        ("UNK", "Unknown", CheckVerdict.None),
        ("INI", "Initializing", CheckVerdict.None),
        ("CHECKED", "No status change", CheckVerdict.None),
        ("HANA", "Health analyze", CheckVerdict.Failed),
        ("SOCKERR", "Socket error", CheckVerdict.Failed),
        ("L4OK", "Layer4 check passed", CheckVerdict.Passed),
        ("L4TOUT", "Layer4 timeout", CheckVerdict.Failed),
        ("L4CON", "Layer4 connection problem", CheckVerdict.Failed),
        ("L6OK", "Layer6 check passed", CheckVerdict.Passed),
        ("L6TOUT", "Layer6 timeout", CheckVerdict.Failed),
        ("L6RSP", "Layer6 invalid response", CheckVerdict.Failed),
        ("L7TOUT", "Layer7 timeout", CheckVerdict.Failed),
        ("L7RSP", "Layer7 invalid response", CheckVerdict.Failed),
        ("L7OK", "Layer7 check passed", CheckVerdict.Passed),
        ("L7OKC", "Layer7 check conditionally passed", CheckVerdict.Conditional),
        ("L7STS", "Layer7 wrong status", CheckVerdict.Failed),
        ("PROCERR", "External check error", CheckVerdict.Failed),
        ("PROCTOUT", "External check timeout", CheckVerdict.Failed),
        ("PROCOK", "External check passed", CheckVerdict.Passed),
    ];

    /// <summary>The short form: "L7OK".</summary>
    public static string Code(this CheckStatus status) => All[(int)status].Code;

    /// <summary>The long form: "Layer7 check passed".</summary>
    public static string Text(this CheckStatus status) => All[(int)status].Text;

    /// <summary>What it means.</summary>
    public static CheckVerdict Verdict(this CheckStatus status) => All[(int)status].Verdict;

    /// <summary>Whether a number of the protocol or program comes with it.</summary>
    public static bool HasNumber(this CheckStatus status) => status >= CheckStatus.Layer7Ok;

    /// <summary>A status by its short form; null where there is none.</summary>
    public static CheckStatus? Find(string code)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Code == code)
            {
                return (CheckStatus)i;
            }
        }

        return null;
    }
}
