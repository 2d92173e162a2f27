using System.Globalization;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>Evaluates the expression of <c>.if</c> and <c>.elif</c> (configuration manual, chapter 2.4).</summary>
/// <remarks>Both sides of <c>&amp;&amp;</c> and <c>||</c> are always read, so that a mistake is found whatever the values are.</remarks>
internal sealed class ConditionEvaluator(EnvironmentTable environment, EngineIdentity engine)
{
    /// <summary>How many parentheses may be open: as many as the original bears.</summary>
    private const int Deepest = 340;

    private string _text = "";
    private int _depth;
    private int _at;
    private string? _error;
    private int _errorAt;

    /// <summary>The value; or null with the sentence and the 0-based offset of what is wrong.</summary>
    public bool? Evaluate(string text, out string error, out int errorAt)
    {
        (_text, _at, _error, _errorAt, _depth) = (text, 0, null, 0, 0);
        var value = text.Length > 0 && Or();
        if (_error is null && _at < text.Length)
        {
            Fail($"unexpected character '{text[_at]}' at the end of conditional expression '{text}'", _at);
        }

        (error, errorAt) = (_error ?? "", _errorAt);
        return _error is null ? value : null;
    }

    private bool Or()
    {
        var start = _at;
        var value = And();
        while (Operator("||", start))
        {
            value |= And();
        }

        return value;
    }

    private bool And()
    {
        var value = Term();
        while (Operator("&&", _at))
        {
            value &= Term();
        }

        return value;
    }

    // Behind "||" the original shows the whole alternative, behind "&&" the operator alone.
    private bool Operator(string spelling, int start)
    {
        SkipBlanks();
        if (_error is not null || !Rest.StartsWith(spelling, StringComparison.Ordinal))
        {
            return false;
        }

        if (Rest.Length == spelling.Length)
        {
            Fail($"unparsable conditional expression '{_text[(spelling == "||" ? start : _at)..]}'", _at);
            return false;
        }

        _at += 2;
        return true;
    }

    private bool Term()
    {
        SkipBlanks();
        if (_error is not null)
        {
            return false;
        }

        var start = _at;
        var negated = false;
        while (Take('!'))
        {
            negated = !negated;
            SkipBlanks();
        }

        return negated ^ Operand(start);
    }

    private bool Operand(int start)
    {
        if (Take('('))
        {
            if (_at == _text.Length)
            {
                Fail($"unparsable conditional expression '{_text[start..]}'", start);
                return false;
            }

            if (++_depth > Deepest)
            {
                Fail($"unparsable conditional sub-expression '{Rest}'", _at);
                return false;
            }

            var value = Or();
            _depth--;
            SkipBlanks();
            if (_error is null && !Take(')'))
            {
                Fail($"expected ')' after conditional expression '{_text[start..]}'", start);
            }

            return value;
        }

        if (Number(out var number))
        {
            return number;
        }

        var open = Rest.IndexOf('(');
        var name = open < 0 ? "" : Rest[..open].ToString();
        var (least, most) = name switch
        {
            "ssllib_name_startswith" or "defined" or "feature" or "version_atleast" or "version_before" or "enabled" or "openssl_version_atleast"
                or "openssl_version_before" => (0, 1),
            "streq" or "strneq" => (2, 2),
            _ => (-1, -1),
        };
        if (least < 0 || (name == "enabled" && engine.Version.StartsWith("2.6", StringComparison.Ordinal)))
        {
            Fail($"unparsable conditional expression '{_text[start..]}'", start);
            return false;
        }

        _at += open + 1;
        var arguments = new List<string>();
        if (!Arguments(name, least, most, arguments))
        {
            return false;
        }

        string Argument(int index) => index < arguments.Count ? arguments[index] : "";
        return name switch
        {
            "defined" => environment.Get(Argument(0)) is not null,
            "feature" => engine.Features.Contains(Argument(0)),
            "streq" => Argument(0) == Argument(1),
            "strneq" => Argument(0) != Argument(1),
            "version_atleast" => CompareVersions(engine.Version, Argument(0)) >= 0,
            "version_before" => CompareVersions(engine.Version, Argument(0)) < 0,
            "ssllib_name_startswith" => "OpenSSL".StartsWith(Argument(0), StringComparison.Ordinal),
            "openssl_version_atleast" => CompareVersions(engine.OpenSslVersion, Argument(0)) >= 0,
            "openssl_version_before" => CompareVersions(engine.OpenSslVersion, Argument(0)) < 0,
            _ => false,
        };
    }

    // Words between parentheses: quotes protect commas, closing parentheses and blanks; a backslash protects one character.
    private bool Arguments(string name, int least, int most, List<string> arguments)
    {
        while (true)
        {
            var word = "";
            var quote = '\0';
            for (; _at < _text.Length; _at++)
            {
                var c = _text[_at];
                if (quote == '\0' && c is ',' or ')' && quote == '\0')
                {
                    break;
                }

                if (c == quote)
                {
                    quote = '\0';
                }
                else if (quote == '\0' && c is '"' or '\'' && quote == '\0')
                {
                    quote = c;
                }
                else if (c == '\\' && quote != '\'' && _at + 1 < _text.Length)
                {
                    word += _text[++_at];
                }
                else
                {
                    word += c;
                }
            }

            if (arguments.Count > 0 || word.Length > 0 || least > 0)
            {
                arguments.Add(word);
            }

            if (_at >= _text.Length)
            {
                Fail($"expected ')' in argument {Index(arguments.Count - 1)} of predicate '{name}' used in conditional expression", _at);
                return false;
            }

            if (_text[_at] == ',' && arguments.Count >= most)
            {
                Fail($"expected ')' before '{_text[_at..]}' in argument {Index(arguments.Count - 1)} of predicate '{name}' used in conditional expression",
                    _at);
                return false;
            }

            if (_text[_at] == ')' && arguments.Count < least)
            {
                Fail($"missing arguments (got {Index(arguments.Count)}/{Index(least)}), type 'string' expected in argument {Index(arguments.Count)} " +
                    $"of predicate '{name}' used in conditional expression", _at);
                return false;
            }

            if (_text[_at++] == ')')
            {
                return true;
            }
        }
    }

    private bool Number(out bool value)
    {
        var at = _at;
        if (at < _text.Length && _text[at] is '-' or '+')
        {
            at++;
        }

        var digits = at;
        value = false;
        for (; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
        {
            value |= _text[at] != '0';
        }

        if (at == digits)
        {
            return false;
        }

        _at = at;
        SkipBlanks();
        return true;
    }

    /// <summary>Compares "2.6.12", "2.7-dev3" and the like, part by part; what does not read as a number counts as zero.</summary>
    internal static int CompareVersions(string left, string right)
    {
        var (a, b) = (Parts(left), Parts(right));
        for (var i = 0; i < 4; i++)
        {
            if (a[i] != b[i])
            {
                return a[i].CompareTo(b[i]);
            }
        }

        return 0;
    }

    private static int[] Parts(string version)
    {
        // A development version comes before the .0 of the same branch.
        var dash = version.IndexOf("-dev", StringComparison.Ordinal);
        var parts = new int[] { 0, 0, dash >= 0 ? -1 : 0, 0 };
        var main = version.Split('-')[0].Split('.');
        for (var i = 0; i < main.Length && i < 3; i++)
        {
            if (int.TryParse(main[i], CultureInfo.InvariantCulture, out var number))
            {
                parts[i] = number;
            }
        }

        if (dash >= 0 && int.TryParse(version[(dash + 4)..].Split('-')[0], CultureInfo.InvariantCulture, out var dev))
        {
            parts[3] = dev;
        }

        return parts;
    }

    private ReadOnlySpan<char> Rest => _text.AsSpan(_at);

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private void Fail(string sentence, int at)
    {
        if (_error is null)
        {
            (_error, _errorAt) = (sentence, at);
        }
    }

    private static string Index(int value) => Math.Max(value, 1).ToString(CultureInfo.InvariantCulture);
}
