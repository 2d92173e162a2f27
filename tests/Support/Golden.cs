using System.Runtime.CompilerServices;
using System.Text;
using Xunit.Sdk;

namespace Dropin.Tests.Support;

/// <summary>
/// Golden texts with the call shape and the files of Verify.Xunit (<c>await Verify(text)</c>, <c>Name.verified.txt</c> committed beside the
/// test, <c>Name.received.txt</c> written on a difference and ignored by git).
/// </summary>
/// <remarks>
/// Verify.Xunit itself cannot be restored from the package source used here (its dependency <c>Verify</c> is missing). To take its
/// place: reference the package and replace <c>using static Dropin.Tests.Support.Golden</c> by <c>using static VerifyXunit.Verifier</c>.
/// To accept: move the received file over the verified one, or run with <c>DROPIN_ACCEPT=1</c>.
/// </remarks>
public static class Golden
{
    /// <summary>Compares a text with the verified file of the calling test; <paramref name="name"/> tells cases of a theory apart.</summary>
    public static Task Verify(string text, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        var source = Repository.SourceFile(file);
        var stem = $"{Path.GetFileNameWithoutExtension(source)}.{member}{(name is null ? "" : "_" + name)}";
        Compare(text, Path.Combine(Path.GetDirectoryName(source)!, stem));
        return Task.CompletedTask;
    }

    /// <summary>Compares a text with <c>stem.verified.txt</c>.</summary>
    public static void Compare(string text, string stem)
    {
        var verified = stem + ".verified.txt";
        var received = stem + ".received.txt";
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        if (Environment.GetEnvironmentVariable("DROPIN_ACCEPT") == "1")
        {
            File.WriteAllText(verified, text);
            return;
        }
        File.WriteAllText(received, text);
        throw new XunitException(expected is null
            ? $"no verified text {verified}; received:\n{text}"
            : $"{received} differs from {verified}\n{Difference(expected, text)}");
    }

    /// <summary>The lines that differ, with a minus for the expected and a plus for the received ones, between common head and tail.</summary>
    public static string Difference(string expected, string received)
    {
        var left = expected.Split('\n');
        var right = received.Split('\n');
        var head = 0;
        while (head < left.Length && head < right.Length && left[head] == right[head])
            head++;
        var tail = 0;
        while (tail < left.Length - head && tail < right.Length - head && left[^(tail + 1)] == right[^(tail + 1)])
            tail++;
        var text = new StringBuilder();
        for (var i = Math.Max(0, head - 3); i < head; i++)
            text.Append("  ").Append(left[i]).Append('\n');
        for (var i = head; i < left.Length - tail; i++)
            text.Append("- ").Append(left[i]).Append('\n');
        for (var i = head; i < right.Length - tail; i++)
            text.Append("+ ").Append(right[i]).Append('\n');
        return text.ToString();
    }
}
