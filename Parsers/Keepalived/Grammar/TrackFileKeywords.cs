using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The blocks <c>track_file</c> and, older, <c>vrrp_track_file</c>; virtual routers and virtual servers read them each.</summary>
internal static class TrackFileKeywords
{
    private static readonly DiagnosticDescriptor s_old = FindingKind.LogOnly("file-block-old", "\"vrrp_track_file\" is deprecated, please use \"track_file\"");
    private static readonly DiagnosticDescriptor s_noName = FindingKind.Warning("file-name", "track file file name missing");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("file-twice", "File already set for track file {0} - ignoring {1}");
    private static readonly DiagnosticDescriptor s_weightTwice = FindingKind.Warning("track-file-weight-twice", "Weight already set for track file {0} - ignoring {1}");
    private static readonly DiagnosticDescriptor s_noWeight = FindingKind.Warning("file-weight-missing", "No weight specified for track file {0} - ignoring");
    private static readonly DiagnosticDescriptor s_weight = FindingKind.Warning("file-weight", "Weight ({0}) for track_file {1} must be between [-254..254] inclusive. Ignoring...");
    private static readonly DiagnosticDescriptor s_weightOption = FindingKind.Warning("file-weight-option", "track_file {0} unknown weight option {1}");
    private static readonly DiagnosticDescriptor s_option = FindingKind.Warning("file-init-option", "Unknown track file init option {0}");
    private static readonly DiagnosticDescriptor s_outside = FindingKind.Warning("file-init-range", "Track file {0} init value {1} is outside sensible range [-254, 254]");
    private static readonly DiagnosticDescriptor s_initial = FindingKind.Warning("file-init", "Track file {0} init value {1} is invalid");
    private static readonly DiagnosticDescriptor s_none = FindingKind.Warning("file-missing", "No file set for track_file {0} - ignoring");

    /// <summary>The keywords of one of the two.</summary>
    public static KeywordTable Table(string name) => new KeywordTable(name)
        .Executed("file", File)
        .Executed("weight", Weight)
        .Executed("init_file", Initial);

    /// <summary>Begins a file.</summary>
    public static void Open(Statement s)
    {
        if (s.Keyword == "vrrp_track_file" && s.Document.Sink.Pass == ReadingPass.Vrrp)
        {
            s.Document.Sink.Add(s_old);
        }

        if (s.Need(out var name))
        {
            s.Document.Vrrp.File = new TrackFileSyntax(name, s.At);
        }
    }

    /// <summary>Ends it.</summary>
    public static void Close(Document document)
    {
        var file = document.Vrrp.File!;
        if (file.Path is null)
        {
            document.Sink.Add(s_none, document.Lines!.At, false, file.Name);
        }
        else if (document.Sink.Pass == ReadingPass.Vrrp)
        {
            document.Vrrp.Files.Add(file);
        }
        else
        {
            document.Checkers.Files.Add(file);
        }
    }

    private static TrackFileSyntax Of(Statement s) => s.Document.Vrrp.File!;

    private static void File(Statement s)
    {
        var file = Of(s);
        if (s.Word(1) is not { } path)
        {
            s.Report(s_noName);
        }
        else if (file.Path is not null)
        {
            s.Report(s_twice, file.Name, path);
        }
        else
        {
            file.Path = path;
        }
    }

    private static void Weight(Statement s)
    {
        var file = Of(s);
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noWeight, file.Name);
            return;
        }

        // A weight that is the default does not count as set.
        if (file.Weight != 1)
        {
            s.Report(s_weightTwice, file.Name, word);
            return;
        }

        if (!s.Integer(word, -254, 254, out var weight))
        {
            s.Report(s_weight, word, file.Name);
            return;
        }

        file.Weight = weight;
        if (s.Word(2) == "reverse")
        {
            file.Reverse = true;
        }
        else if (s.Word(2) is { } option)
        {
            s.Report(s_weightOption, file.Name, option);
        }
    }

    private static void Initial(Statement s)
    {
        var file = Of(s);
        var value = 0;
        var overwrite = false;
        for (var i = 1; i < s.Count; i++)
        {
            var word = s.Words[i];
            if (word == "overwrite")
            {
                overwrite = true;
            }
            else if (word.Length > 0 && (char.IsAsciiDigit(word[0]) || word[0] == '-'))
            {
                if (!s.Integer(word, int.MinValue, int.MaxValue, out value))
                {
                    s.Report(s_initial, file.Name, word);
                    return;
                }

                if (value is < -254 or > 254)
                {
                    s.Report(s_outside, file.Name, word);
                }
            }
            else
            {
                s.Report(s_option, word);
                return;
            }
        }

        file.Initial = value;
        file.Overwrite = overwrite;
    }
}
