using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Scripts and their users, as all the words that name one write them.</summary>
internal static class Scripts
{
    private static readonly DiagnosticDescriptor s_unterminated = FindingKind.Warning("string-unterminated", "String '{0}': missing terminating {1}");
    private static readonly DiagnosticDescriptor s_noDefault = FindingKind.Warning("script-default-user", "Unable to set default user {0} for script");
    private static readonly DiagnosticDescriptor s_noUser = FindingKind.LogOnly("script-user-missing", "Script user '{0}' does not exist");

    /// <summary>The user that scripts run as where it exists and none is named.</summary>
    public const string DefaultUser = "keepalived_script";

    /// <summary>The words of a script's line, the keyword first; null where a quote has no end.</summary>
    public static List<string>? Words(Statement s)
    {
        var words = QuotedWords.Split(s.Text, out var missing);
        if (missing is { } quote)
        {
            s.Report(s_unterminated, s.Text, quote.ToString());
            return null;
        }

        return words;
    }

    /// <summary>A script of <c>keyword SCRIPT [user [group]]</c>.</summary>
    /// <returns>Null where it cannot be run; why was said.</returns>
    public static ScriptSyntax? Read(Statement s, DiagnosticDescriptor wrongUser, params string[] arguments)
    {
        if (Words(s) is not { Count: > 1 } words || Command(s, words[1]) is not { Count: > 0 } command)
        {
            return null;
        }

        (uint UserId, uint GroupId)? user = null;
        if (words.Count > 2)
        {
            user = FindUser(s.Document, words[2], words.Count > 3 ? words[3] : null);
            if (user is null)
            {
                s.Report(wrongUser, arguments);
                return null;
            }
        }

        return new ScriptSyntax(words[1], command, user, s.At);
    }

    /// <summary>The words of a command that was one quoted string.</summary>
    public static List<string>? Command(Statement s, string text)
    {
        var command = QuotedWords.Split(text, out var missing);
        if (missing is { } quote)
        {
            s.Report(s_unterminated, text, quote.ToString());
            return null;
        }

        return command;
    }

    /// <summary>uid and gid of a user, in his group or in another; null where one of them is not there.</summary>
    public static (uint UserId, uint GroupId)? FindUser(Document document, string user, string? group)
    {
        if (document.Facts.FindUser(user) is not { } found)
        {
            return null;
        }

        return group is null ? found : document.Facts.FindGroup(group) is { } gid ? (found.UserId, gid) : null;
    }

    /// <summary>
    /// The user of a script that names none: <c>script_user</c>, else keepalived_script where it exists, else the daemon's own, which
    /// <c>enable_script_security</c> does not allow. Null for nobody; that is said once.
    /// </summary>
    public static (uint UserId, uint GroupId)? Default(Statement s) => Default(s.Document, s.At, false);

    /// <summary>See <see cref="Default(Statement)"/>.</summary>
    public static (uint UserId, uint GroupId)? Default(Document document, SourceSpan at, bool included)
    {
        var global = document.Global;
        if (global.ScriptUserFailed)
        {
            return null;
        }

        if (global.ScriptUser is { } user)
        {
            return user;
        }

        if (document.Facts.FindUser(DefaultUser) is { } script)
        {
            return script;
        }

        if (!global.Config.ScriptSecurity)
        {
            if (global.Once.Add($"default-user-{document.Sink.Pass}"))
            {
                document.Sink.Add(s_noUser, DefaultUser);
            }

            return document.Facts.Self;
        }

        if (global.Once.Add("default-user"))
        {
            document.Sink.Add(s_noDefault, at, included, DefaultUser);
        }

        return null;
    }
}
