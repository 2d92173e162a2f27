using System.Text;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>A source line as it is shown under an error: one screen wide, around the place, without control bytes.</summary>
internal static class PrintableLine
{
    private const int Width = 80;

    /// <summary>The text to show and the column of the caret in it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">0-based offset of the error.</param>
    public static (string Text, int Caret) Around(string line, int offset)
    {
        var from = 0;
        var caret = offset;
        var dots = false;
        if (offset >= Width)
        {
            from = offset - 40;
            caret = 40;
            dots = true;
        }

        var text = new StringBuilder(line, from, Math.Min(Width, line.Length - from), Width + 3);
        if (dots)
        {
            text[0] = text[1] = text[2] = '.';
            if (line.Length - from > 77)
            {
                text.Length = 77;
            }

            text.Append("...");
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~')
            {
                text[i] = '?';
            }
        }

        return (text.ToString(), caret);
    }
}
