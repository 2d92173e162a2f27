using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>A <c>userlist</c> as read; groups and users name one another.</summary>
public sealed class UserListSyntax(string name, SourceSpan at)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its place.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>Users: name, password, whether it is a hash, groups.</summary>
    public List<UserConfig> Users { get; } = [];

    /// <summary>Groups and the users they name.</summary>
    public List<GroupConfig> Groups { get; } = [];
}

/// <summary><c>userlist</c> (configuration manual 12.1).</summary>
internal sealed class UserListSection : ISectionReader
{
    private UserListSyntax? _list;

    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        _list = null;
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects <name> as arguments.");
            return "userlist";
        }

        if (line.HasTooMany(1))
        {
            return line[1];
        }

        if (ServerLines.InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in '{line[0]}' name '{line[1]}'.", DiagnosticPlace.ParsingTight, 1);
            return line[1];
        }

        _list = new UserListSyntax(line[1], line.At);
        if (line.Document.UserLists.Exists(l => l.Name == line[1]))
        {
            line.WarnTight("duplicate-name", $"ignoring duplicated userlist '{line[1]}'.", 1);
        }
        else
        {
            line.Document.UserLists.Add(_list);
        }

        return line[1];
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        switch (line[0])
        {
            case "group":
                Group(line);
                break;
            case "user":
                User(line);
                break;
            default:
                line.ErrorTight("unknown-keyword", $"unknown keyword '{line[0]}' in 'users' section");
                break;
        }
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document) => _list = null;

    private void Group(ConfigLine line)
    {
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects <name> as arguments.");
            return;
        }

        if (_list is null)
        {
            return;
        }

        if (_list.Groups.Exists(g => g.Name == line[1]))
        {
            line.WarnTight("duplicate-name", $"ignoring duplicated group '{line[1]}' in userlist '{_list.Name}'.", 1);
            return;
        }

        var users = ValueList<string>.Empty;
        for (var i = 2; line[i].Length > 0; i += 2)
        {
            if (line[i] != "users")
            {
                line.ErrorTight("unknown-word", $"'group' only supports 'users' option.", i);
                return;
            }

            users = ValueList.Create<string>(line[i + 1].Split(',', StringSplitOptions.RemoveEmptyEntries));
        }

        _list.Groups.Add(new GroupConfig(line[1], users));
    }

    private void User(ConfigLine line)
    {
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects <name> as arguments.");
            return;
        }

        if (_list is null)
        {
            return;
        }

        if (_list.Users.Exists(u => u.Name == line[1]))
        {
            line.WarnTight("duplicate-name", $"ignoring duplicated user '{line[1]}' in userlist '{_list.Name}'.", 1);
            return;
        }

        var user = new UserConfig(line[1], "", true, []);
        for (var i = 2; line[i].Length > 0; i += 2)
        {
            switch (line[i])
            {
                case "password":
                    user = user with { Password = line[i + 1], Hashed = true };
                    break;
                case "insecure-password":
                    user = user with { Password = line[i + 1], Hashed = false };
                    break;
                case "groups":
                    user = user with { Groups = ValueList.Create<string>(line[i + 1].Split(',', StringSplitOptions.RemoveEmptyEntries)) };
                    break;
                default:
                    line.ErrorTight("unknown-word", $"'{line[0]}' only supports 'password', 'insecure-password' and 'groups' options.", i);
                    return;
            }
        }

        _list.Users.Add(user);
    }
}
