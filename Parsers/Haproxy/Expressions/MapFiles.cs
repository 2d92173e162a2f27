using System.Text;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads the files of maps: a key, blanks, a value on each line (configuration manual 7.3.1, <c>map</c>).</summary>
internal static class MapFiles
{
    /// <summary>Replaces the file's name among the arguments by the map; returns what is wrong, null when nothing is.</summary>
    public static string? Check(ConverterKeyword keyword, List<ExpressionArgument> arguments, ExpressionScope scope)
    {
        var file = ((TextArgument)arguments[0]).Value;
        var match = MatchOf(keyword.Name);
        if (PatternFiles.ReadLines(file) is not { } lines)
        {
            return $"failed to open pattern file <{file}>";
        }

        var entries = new List<PatternLine>(lines.Count);
        var reader = new PatternReader(match, ignoreCase: false, dotted: false);
        foreach (var (number, line) in lines)
        {
            var end = 0;
            while (end < line.Length && line[end] is not (' ' or '\t'))
            {
                end++;
            }

            var key = line[..end];
            var value = line[end..].Trim(' ', '\t');
            if (value.Length == 0 && end == line.Length)
            {
                return $"missing value on line {number} of file '{file}'";
            }

            if (reader.Read(key, out var wrong) is not { } pattern)
            {
                if (wrong is null)
                {
                    continue;
                }

                return $"{wrong} at line {number} of file '{file}'";
            }

            if (keyword.Output == SampleType.Integer && !long.TryParse(value, out _))
            {
                return $"value '{value}' is not a number at line {number} of file '{file}'";
            }

            entries.Add(new PatternLine(pattern, key, value));
        }

        var map = new MapConfig(file, match, keyword.Output, [.. entries], Expands: keyword.Name == "map_regm");
        arguments[0] = new MapArgument(map);
        scope.Note(new PatternUse(file, -1, "", null, map, HasValues: true, map.Lines, scope.At));
        return null;
    }

    private static MatchMethod MatchOf(string name)
    {
        var parts = name.Split('_');
        return (parts.Length > 1 ? parts[1] : "str") switch
        {
            "beg" => MatchMethod.Begin,
            "dir" => MatchMethod.Directory,
            "dom" => MatchMethod.Domain,
            "end" => MatchMethod.End,
            "int" => MatchMethod.Int,
            "ip" => MatchMethod.Ip,
            "reg" or "regm" => MatchMethod.Regex,
            "sub" => MatchMethod.Substring,
            _ => MatchMethod.Text,
        };
    }
}

/// <summary>Reads files of patterns: one on each line, empty lines and comments apart.</summary>
internal static class PatternFiles
{
    /// <summary>The lines with their numbers, one character for each byte; null when the file cannot be read.</summary>
    public static List<(int Number, string Text)>? ReadLines(string file)
    {
        string text;
        try
        {
            text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }

        var lines = new List<(int, string)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.TrimEnd('\r').TrimStart(' ', '\t');
            if (trimmed.Length > 0 && trimmed[0] != '#')
            {
                lines.Add((number, trimmed));
            }
        }

        return lines;
    }
}
