using System.Security.Cryptography;
using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Crypt;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>A list of users with passwords and groups (configuration manual 3.4).</summary>
public sealed class UserList
{
    private readonly (byte[] Name, byte[] Password, string Hash, bool Hashed, byte[][] Groups)[] _users;

    /// <summary>Makes a list.</summary>
    public UserList(UserListConfig config)
    {
        _users = new (byte[], byte[], string, bool, byte[][])[config.Users.Count];
        for (var i = 0; i < _users.Length; i++)
        {
            var user = config.Users[i];
            var groups = new List<byte[]>();
            foreach (var group in user.Groups)
            {
                groups.Add(Encoding.Latin1.GetBytes(group));
            }

            foreach (var group in config.Groups)
            {
                foreach (var member in group.Users)
                {
                    if (member == user.Name)
                    {
                        groups.Add(Encoding.Latin1.GetBytes(group.Name));
                    }
                }
            }

            if (user.Hashed)
            {
                PasswordHash.Load();
            }

            _users[i] = (Encoding.Latin1.GetBytes(user.Name), Encoding.Latin1.GetBytes(user.Password), user.Password, user.Hashed, [.. groups]);
        }
    }

    /// <summary>Whether the user exists and the password is his.</summary>
    public bool Verify(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password)
    {
        foreach (ref readonly var user in _users.AsSpan())
        {
            if (user.Name.AsSpan().SequenceEqual(name))
            {
                return user.Hashed ? PasswordHash.Verify(password, user.Hash) : CryptographicOperations.FixedTimeEquals(user.Password, password);
            }
        }

        return false;
    }

    /// <summary>The groups of a user.</summary>
    public ReadOnlySpan<byte[]> GroupsOf(ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var user in _users.AsSpan())
        {
            if (user.Name.AsSpan().SequenceEqual(name))
            {
                return user.Groups;
            }
        }

        return default;
    }
}
