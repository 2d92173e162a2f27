using System.Text;
using Dropin.Parsers.Keepalived.Binding;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>The files of one load; each is read once, whatever number of readings looks at it.</summary>
internal sealed class SourceFiles(IHostFacts facts)
{
    private readonly Dictionary<string, (string? Text, string Reason)> _read = new(StringComparer.Ordinal);

    /// <summary>The machine.</summary>
    public IHostFacts Facts => facts;

    /// <summary>The text of a file, Latin-1; null with a reason where it cannot be read.</summary>
    public string? Text(string path, out string reason)
    {
        if (!_read.TryGetValue(path, out var known))
        {
            var bytes = facts.ReadFile(path, out var why);
            known = (bytes is null ? null : Encoding.Latin1.GetString(bytes), why);
            _read.Add(path, known);
        }

        reason = known.Reason;
        return known.Text;
    }
}

/// <summary>A file that is being read.</summary>
/// <param name="text">Its text.</param>
/// <param name="name">Its name as findings show it.</param>
/// <param name="folder">The folder it stands in; names in it are relative to it.</param>
/// <param name="checks">Which missing files were errors when it was opened; restored when it ends.</param>
internal sealed class FileFrame(string text, string name, string folder, IncludeChecks checks)
{
    private int _at;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>See the constructor.</summary>
    public IncludeChecks Checks => checks;

    /// <summary>The number of the line read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The line read last is the last one and does not end with a newline.</summary>
    public bool Unfinished { get; private set; }

    /// <summary>The next physical line; null at the end.</summary>
    public string? Next()
    {
        if (_at >= text.Length)
        {
            return null;
        }

        var end = text.IndexOf('\n', _at);
        Unfinished = end < 0;
        end = end < 0 ? text.Length : end;
        var line = text[_at..end];
        _at = end + 1;
        Line++;
        return line;
    }
}
