using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads the list of arguments of a fetch or converter, "(a,b,c)" (configuration manual 2.2, last part).</summary>
internal static class ArgumentReader
{
    /// <summary>Why a list could not be read.</summary>
    /// <param name="Message">The sentence.</param>
    /// <param name="Argument">Which argument, from 1.</param>
    public readonly record struct Mistake(string Message, int Argument);

    /// <summary>
    /// Reads the list, which may be missing; <paramref name="at"/> is left behind it.
    /// </summary>
    public static List<ExpressionArgument>? Read(
        string text, ref int at, string[] types, int required, string keyword, string owner, ExpressionScope scope, out Mistake mistake)
    {
        mistake = default;
        var list = new List<ExpressionArgument>();
        var place = 0;
        if (at < text.Length && text[at] == '(')
        {
            at++;
            var empty = at < text.Length && text[at] == ')';
            while (place < types.Length && !(empty && required == 0 && place == 0))
            {
                var start = at;
                var word = ReadWord(text, ref at);
                if (word.Length == 0 && at == start && IsTyped(types[place]))
                {
                    break;
                }

                if (!Convert(word, types[place], place, keyword, owner, scope, list))
                {
                    mistake = new Mistake($"failed to parse '{word}' as type '{types[place]}' at position {place + 1}", place + 1);
                    return null;
                }

                place++;
                if (at < text.Length && text[at] == ',' && place < types.Length)
                {
                    at++;
                    continue;
                }

                break;
            }

            if (place < required)
            {
                mistake = Missing(types, place, required);
                return null;
            }

            if (at >= text.Length)
            {
                mistake = new Mistake("expected ')'", place + 1);
                return null;
            }

            if (text[at] != ')')
            {
                mistake = new Mistake($"expected ')' before '{text[at..]}'", place + 1);
                return null;
            }

            at++;
        }
        else if (required > 0 && ReferenceOf(types[0]) is null)
        {
            // Text may be empty, and so it is there even without parentheses.
            if (IsTyped(types[0]) || required > 1)
            {
                mistake = Missing(types, IsTyped(types[0]) ? 0 : 1, required);
                return null;
            }

            list.Add(types[0] == "regex" ? new RegexArgument("", IgnoreCase: false) : new TextArgument(""));
        }

        // A reference that was left out means the section itself.
        for (; place < types.Length && ReferenceOf(types[place]) is { } kind && (place == 0 || kind != Grammar.ReferenceKind.Table); place++)
        {
            scope.Refer(kind, "", place + 1, owner);
            list.Add(Reference(kind, ""));
        }

        return list;
    }

    private static Mistake Missing(string[] types, int place, int required) => place == 0
        ? new Mistake($"expected type '{types[0]}' at position 1, but got nothing", 1)
        : new Mistake($"missing arguments (got {place}/{required}), type '{types[place]}' expected", place + 1);

    // Strings may be empty, and so may names: they then mean the section itself.
    private static bool IsTyped(string type) => type is not ("string" or "backend" or "frontend" or "server" or "table" or "user list" or "regex");

    // A word ends at ',' or ')' outside quotes, where a backslash hides blanks, quotes and itself but neither of the two.
    private static string ReadWord(string text, ref int at)
    {
        var word = new StringBuilder();
        var quote = '\0';
        while (at < text.Length)
        {
            var c = text[at];
            if (quote == '\0' && (c == ',' || c == ')'))
            {
                break;
            }

            if (c is '"' or '\'' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
                at++;
                continue;
            }

            if (c == '\\' && quote != '\'' && at + 1 < text.Length && text[at + 1] is ' ' or '\\' or '"' or '\'')
            {
                word.Append(text[at + 1]);
                at += 2;
                continue;
            }

            word.Append(c);
            at++;
        }

        return word.ToString();
    }

    private static bool Convert(
        string word, string type, int place, string keyword, string owner, ExpressionScope scope, List<ExpressionArgument> list)
    {
        switch (type)
        {
            case "integer":
                if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    return false;
                }

                list.Add(new NumberArgument(number));
                return true;
            case "IPv4 address":
                if (!TryAddress(word, AddressFamily.InterNetwork, out var v4))
                {
                    return false;
                }

                list.Add(new AddressArgument(v4));
                return true;
            case "IPv6 address":
                if (!TryAddress(word, AddressFamily.InterNetworkV6, out var v6))
                {
                    return false;
                }

                list.Add(new AddressArgument(v6));
                return true;
            case "IPv4 mask":
                return AddMask(word, 32, AddressFamily.InterNetwork, list);
            case "IPv6 mask":
                return AddMask(word, 128, AddressFamily.InterNetworkV6, list);
            case "regex":
                if (ExpressionServices.RegexError(word, ignoreCase: false) is { } wrong)
                {
                    scope.Refer(Grammar.ReferenceKind.Regex, word + "\0" + wrong, place + 1, owner);
                }

                list.Add(new RegexArgument(word, IgnoreCase: false));
                return true;
            default:
                if (ReferenceOf(type) is { } kind)
                {
                    scope.Refer(kind, word, place + 1, owner);
                    list.Add(Reference(kind, word));
                }
                else
                {
                    list.Add(new TextArgument(word));
                }

                return true;
        }
    }

    private static Grammar.ReferenceKind? ReferenceOf(string type) => type switch
    {
        "backend" => Grammar.ReferenceKind.Backend,
        "frontend" => Grammar.ReferenceKind.Frontend,
        "server" => Grammar.ReferenceKind.Server,
        "table" => Grammar.ReferenceKind.Table,
        "user list" => Grammar.ReferenceKind.UserList,
        _ => null,
    };

    private static ExpressionArgument Reference(Grammar.ReferenceKind kind, string name)
    {
        switch (kind)
        {
            case Grammar.ReferenceKind.Backend:
                return new BackendArgument(name);
            case Grammar.ReferenceKind.Frontend:
                return new FrontendArgument(name);
            case Grammar.ReferenceKind.Table:
                return new TableArgument(name);
            case Grammar.ReferenceKind.UserList:
                return new UserListArgument(name);
            default:
                var slash = name.LastIndexOf('/');
                return slash < 0 ? new ServerArgument("", name) : new ServerArgument(name[..slash], name[(slash + 1)..]);
        }
    }

    private static bool AddMask(string word, int most, AddressFamily family, List<ExpressionArgument> list)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most)
        {
            list.Add(new AddressArgument(AddressText.Mask(bits, family)));
            return true;
        }

        if (!TryAddress(word, family, out var mask))
        {
            return false;
        }

        list.Add(new AddressArgument(mask));
        return true;
    }

    private static bool TryAddress(string word, AddressFamily family, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPAddress.TryParse(word, out var parsed) || parsed.AddressFamily != family
            || (family == AddressFamily.InterNetwork && word.Split('.').Length != 4))
        {
            return false;
        }

        address = parsed;
        return true;
    }
}
