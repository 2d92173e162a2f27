using System.Globalization;
using System.Text;

namespace Dropin.Pair.Client;

/// <summary>What the client saw during one step.</summary>
internal sealed class Tally
{
    private readonly IReadOnlyList<Answer> _answers;

    public Tally(IReadOnlyList<Answer> answers, IReadOnlyList<Answer> downloads)
    {
        _answers = answers;
        Downloads = downloads.Count;
        DownloadsLost = downloads.Count(answer => answer.Kind != Kind.Answered);
        Lost = answers.Count(answer => answer.Kind != Kind.Answered);
        LossesByKind = new SortedDictionary<Kind, int>(answers.Where(answer => answer.Kind != Kind.Answered).GroupBy(answer => answer.Kind).ToDictionary(group => group.Key, group => group.Count()));
        Webs = answers.Aggregate(0, (seen, answer) => seen | answer.Web);
        long before = answers.Count > 0 ? answers[0].AskedAt : 0, longest = 0;
        foreach (var at in answers.Where(answer => answer.Kind == Kind.Answered).Select(answer => answer.DoneAt).Order())
            (longest, before) = (Math.Max(longest, at - before), at);
        if (answers.Count > 0) longest = Math.Max(longest, answers[^1].AskedAt - before);
        GapMilliseconds = (int)(longest / 1000);
    }

    public int Asked => _answers.Count;

    /// <summary>Downloads of a second that were begun.</summary>
    public int Downloads { get; }

    /// <summary>Those that did not come whole.</summary>
    public int DownloadsLost { get; }

    /// <summary>Requests without a web server's answer.</summary>
    public int Lost { get; }

    /// <summary>The longest time in which no answer came, milliseconds; without trouble a little more than the interval of 20.</summary>
    public int GapMilliseconds { get; }

    /// <summary>Which web servers answered: 3 for both.</summary>
    public int Webs { get; }

    /// <summary>"31 silence, 2 refused", or "none".</summary>
    public string Losses => Lost == 0 ? "none" : string.Join(", ", LossesByKind.Select(loss => $"{loss.Value} {Word(loss.Key)}"));

    /// <summary>How many requests were lost in each way; ways without one are not there.</summary>
    public IReadOnlyDictionary<Kind, int> LossesByKind { get; }

    /// <summary>The step as the client lived it: stretches of requests with the same outcome, and how long each was; events stand where they fell.</summary>
    public string Timeline(IReadOnlyList<(long At, string What)> events)
    {
        var text = new StringBuilder();
        var (begin, next) = (0, 0);
        for (var i = 0; i <= _answers.Count; i++)
        {
            var due = next < events.Count && (i == _answers.Count || events[next].At <= _answers[i].AskedAt);
            if (i > begin && (i == _answers.Count || due || _answers[i].Kind != _answers[begin].Kind))
            {
                var length = (i < _answers.Count ? _answers[i].AskedAt : _answers[i - 1].AskedAt + Load.IntervalMilliseconds * 1000) - _answers[begin].AskedAt;
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? " | " : "")}{i - begin} {Word(_answers[begin].Kind)} ({length / 1e6:0.00} s)");
                begin = i;
            }
            for (; next < events.Count && (i == _answers.Count || events[next].At <= _answers[i].AskedAt); next++)
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? " | " : "")}[{events[next].What}]");
        }
        return text.ToString();
    }

    /// <summary>How a request ended, in tables.</summary>
    public static string Word(Kind kind) => kind switch
    {
        Kind.Answered => "answered",
        Kind.Error => "errors (503)",
        Kind.Refused => "refused",
        Kind.Cut => "cut",
        _ => "unanswered",
    };
}
