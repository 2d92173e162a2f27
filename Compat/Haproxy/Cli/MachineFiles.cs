using System.Net;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>What the machine's own files say and the CLI shows: its name servers and how many certificate authorities it trusts.</summary>
/// <remarks>The files are read when they are first asked for, or before the process gives up its view of them (<c>chroot</c>).</remarks>
internal sealed class MachineFiles
{
    private const string ResolverFile = "/etc/resolv.conf";
    private const string AuthorityFolder = "/usr/lib/ssl/certs", AuthorityFolderVariable = "SSL_CERT_DIR";
    private const string CertificateBegin = "-----BEGIN CERTIFICATE-----", CertificateEnd = "-----END CERTIFICATE-----";

    private readonly Lazy<IReadOnlyList<string>> _nameServers = new(() => NameServersOf(LinesOf(ResolverFile)));
    private readonly Lazy<int> _authorities = new(static () => CountAuthorities(Environment.GetEnvironmentVariable(AuthorityFolderVariable) ?? AuthorityFolder));

    /// <summary>The addresses of the machine's name servers, each once.</summary>
    internal IReadOnlyList<string> NameServers => _nameServers.Value;

    /// <summary>How many certificates of authorities the machine trusts.</summary>
    internal int Authorities => _authorities.Value;

    /// <summary>Reads everything now.</summary>
    internal void ReadNow() => _ = NameServers.Count + Authorities;

    /// <summary>The name servers in the lines of a resolver's file; a line that does not begin with the word, or names no address, counts for nothing.</summary>
    internal static IReadOnlyList<string> NameServersOf(IEnumerable<string> lines)
    {
        var found = new List<string>();
        foreach (var line in lines)
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("nameserver", StringComparison.Ordinal) && words is ["nameserver", var word, ..] && IPAddress.TryParse(word, out _) && !found.Contains(word))
                found.Add(word);
        }
        return found;
    }

    private static int CountAuthorities(string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in FilesOf(folder))
        {
            if (Path.GetExtension(file) is not (".pem" or ".crt" or ".cer" or ".crl"))
                continue;
            var text = string.Concat(LinesOf(file));
            for (var at = 0; (at = text.IndexOf(CertificateBegin, at, StringComparison.Ordinal)) >= 0;)
            {
                var end = text.IndexOf(CertificateEnd, at, StringComparison.Ordinal);
                if (end < 0)
                    break;
                seen.Add(text[(at + CertificateBegin.Length)..end]);
                at = end;
            }
        }
        return seen.Count;
    }

    private static string[] FilesOf(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] LinesOf(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
