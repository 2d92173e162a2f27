using System.Globalization;
using Dropin.Pair.Play;

namespace Dropin.Pair.Results;

/// <summary>Plays the originals first and keeps their pair; then each other combination, step by step beside them.</summary>
internal sealed class Contest(Options options, Surroundings surroundings, Action<string> say)
{
    // All plays of the originals that others are measured by.
    private readonly Dictionary<string, List<Outcome>> _theirs = [];

    public Book Hold()
    {
        var book = new Book();
        using var originals = new PairPlay(Combination.Originals, surroundings);
        foreach (var step in options.Of(Combination.Originals)) book.Enter(Combination.Originals, step, PlayOriginals(originals, step));
        foreach (var combination in options.Combinations.Where(combination => combination != Combination.Originals && options.Of(combination).Any()))
        {
            using var pair = new PairPlay(combination, surroundings);
            foreach (var step in options.Of(combination)) book.Enter(combination, step, PlayBeside(pair, originals, step, book));
        }
        return book;
    }

    private Entry PlayOriginals(PairPlay originals, Step step)
    {
        Entry? best = null;
        for (var plays = 1; plays <= Verdict.Plays; plays++)
        {
            var outcome = Told(originals, step, plays);
            var entry = new Entry(outcome, null, Verdict.Of(outcome), plays);
            if (best is null || !best.Verdict.IsGood || (entry.Verdict.IsGood && outcome.Tally.GapMilliseconds < best.Outcome.Tally.GapMilliseconds)) best = entry;
            // Others are not to be measured by what a busy machine did to the originals.
            if (best.Verdict.IsGood && (best.Outcome.Tally.Lost > 0 || best.Outcome.Tally.GapMilliseconds <= Verdict.QuietMilliseconds)) break;
        }
        _theirs[step.Name] = [best!.Outcome];
        return best;
    }

    private Entry PlayBeside(PairPlay pair, PairPlay originals, Step step, Book book)
    {
        var theirs = _theirs[step.Name];
        for (var plays = 1; ; plays++)
        {
            if (plays > 1) theirs.Add(Told(originals, step, plays));
            var outcome = Told(pair, step, plays);
            if (plays == 1) book.First(pair.Combination, step, outcome, theirs);
            var verdict = Verdict.Of(outcome, theirs);
            if (verdict.IsGood || plays == Verdict.Plays)
            {
                if (!verdict.IsGood) say($"    WORSE in {plays} plays of {plays}: {string.Join("; ", verdict.Faults)}");
                return new Entry(outcome, theirs[^1], verdict, plays);
            }
            say($"    looks worse: {string.Join("; ", verdict.Faults)}. Both are played again.");
        }
    }

    private Outcome Told(PairPlay pair, Step step, int play)
    {
        var outcome = pair.Do(step);
        var again = play > 1 ? string.Create(CultureInfo.InvariantCulture, $", play {play}") : "";
        say(string.Create(CultureInfo.InvariantCulture,
            $"{pair.Combination.Name}, {step.Title}{again}: {outcome.Tally.Asked} asked, lost {outcome.Tally.Losses}, longest gap {outcome.Tally.GapMilliseconds} ms, {outcome.Tally.DownloadsLost} of {outcome.Tally.Downloads} downloads not whole ({outcome.Seconds:0} s)"));
        say($"    {outcome.Timeline}");
        foreach (var problem in outcome.Problems) say($"    {problem}");
        return outcome;
    }
}
