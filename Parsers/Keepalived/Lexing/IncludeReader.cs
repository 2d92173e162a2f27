using Dropin.Parsers.Keepalived.Binding;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>The physical lines of a file and of those it includes.</summary>
internal sealed class IncludeReader(SourceFiles files, FindingSink sink, IncludeChecks checks)
{
    private const int MostDepth = 100;
    private const int MostFiles = 10_000;
    private readonly Stack<FileFrame> _frames = [];
    private readonly Queue<(string Name, string Folder)> _waiting = [];
    private SourceSpan _at = SourceSpan.None;
    private int _opened;

    /// <summary>Which missing files are errors.</summary>
    public IncludeChecks Checks { get; set; } = checks;

    /// <summary>The line read last.</summary>
    public SourceSpan At => _at;

    /// <summary>It stands in an included file.</summary>
    public bool Included { get; private set; }

    /// <summary>The folder of the file that is being read.</summary>
    public string Folder { get; private set; } = "/";

    /// <summary>Opens the file that was asked for.</summary>
    public void Open(string path)
    {
        var folder = Environment.CurrentDirectory;
        if (!files.Facts.Exists(Path.Combine(folder, path)))
        {
            Report(LexingTexts.FilesMissing, path);
            return;
        }

        Push(path, folder);
    }

    /// <summary>The next line; null at the end of everything.</summary>
    public string? NextLine()
    {
        while (true)
        {
            if (_waiting.TryDequeue(out var next))
            {
                Push(next.Name, next.Folder);
            }

            if (!_frames.TryPeek(out var frame))
            {
                // What is found out at the end has no line.
                _at = SourceSpan.None;
                Included = false;
                return null;
            }

            if (frame.Next() is { } line)
            {

                // The first reading counts newlines: a last line without one has the number of the line before it.
                _at = new SourceSpan(frame.Name, frame.Unfinished && sink.Pass == ReadingPass.Parent ? frame.Line - 1 : frame.Line);
                Included = _frames.Count > 1;
                Folder = frame.Folder;
                return line;
            }

            Checks = frame.Checks;
            _frames.Pop();
        }
    }

    /// <summary>Obeys a line that includes files.</summary>
    /// <returns>False where it is another line.</returns>
    public bool TryInclude(string text)
    {
        if (!text.StartsWith("include", StringComparison.Ordinal) || text.Length < 9)
        {
            return false;
        }

        var blank = 7;
        while (blank < text.Length && !WordSplitter.IsBlank(text[blank]))
        {
            blank++;
        }

        var more = text[7..blank] switch
        {
            "" => IncludeChecks.None,
            "r" => IncludeChecks.Readable,
            "m" => IncludeChecks.Match | IncludeChecks.Readable,
            "w" => IncludeChecks.Match | IncludeChecks.WildcardMatch | IncludeChecks.Readable,
            "b" => IncludeChecks.BraceMatch | IncludeChecks.Readable,
            "a" => IncludeChecks.All,
            _ => (IncludeChecks?)null,
        };
        if (more is not { } given || blank == text.Length)
        {
            return false;
        }

        Include(text[blank..].Trim(), Checks | given);
        return true;
    }

    private void Include(string pattern, IncludeChecks active)
    {
        var alternatives = GlobPattern.Alternatives(pattern);
        var found = new List<string>();
        var missing = false;
        foreach (var alternative in alternatives)
        {
            var matches = GlobPattern.Match(alternative, Folder, files.Facts);
            missing |= matches.Count == 0;
            found.AddRange(matches);
        }

        if (missing && alternatives.Count > 1)
        {
            var fails = active.HasFlag(IncludeChecks.BraceMatch);
            Report(fails ? LexingTexts.SomeMissingError : LexingTexts.SomeMissing, pattern);
            if (fails)
            {
                return;
            }
        }
        else if (missing && (!GlobPattern.HasWildcards(pattern) || !GlobPattern.HasFolder(pattern, Folder, files.Facts)))
        {
            Report(active.HasFlag(IncludeChecks.Match) ? LexingTexts.FilesMissingError : LexingTexts.FilesMissing, pattern);
        }
        else if (missing && active.HasFlag(IncludeChecks.WildcardMatch))
        {
            Report(LexingTexts.NoneMatched, pattern);
        }

        foreach (var name in found)
        {
            if (++_opened > MostFiles || _frames.Count >= MostDepth)
            {
                Report(LexingTexts.OpenProblem, name, "Too many open files");
                return;
            }

            _waiting.Enqueue((name, Folder));
        }
    }

    private void Push(string name, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (files.Text(path, out var reason) is not { } text)
        {
            var fails = Checks.HasFlag(IncludeChecks.Readable);
            if (reason == "Is a directory")
            {
                Report(LexingTexts.IsDirectory, name);
            }
            else if (reason == IHostFacts.NotPlain)
            {
                Report(LexingTexts.NotPlain, name);
            }
            else
            {
                Report(fails ? LexingTexts.OpenProblemError : LexingTexts.OpenProblem, name, reason);
            }

            return;
        }

        _frames.Push(new FileFrame(text, name, Path.GetDirectoryName(path) ?? "/", Checks));
        Folder = _frames.Peek().Folder;
    }

    // Only the first reading looks for files; the others read what it has found.
    private void Report(DiagnosticDescriptor descriptor, params string[] arguments)
    {
        if (sink.Pass != ReadingPass.Parent)
        {
            return;
        }

        sink.Add(descriptor, _at, Included, arguments);
        sink.IncludeFailed |= descriptor.Effect == DiagnosticEffect.Fails;
    }
}
