namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>What genhash says of itself.</summary>
internal static class GenhashText
{
    /// <summary>The options, for a program that is called <paramref name="name"/>.</summary>
    public static string Usage(string name) =>
        $"""
        Usage: {name} COMMAND [OPTIONS]
        Commands:
           -s server-address -p port -u url
           -S -s server-address -p port -u url
           -h

        Options:
        Either long or short options are allowed.
           --use-ssl         -S       Use SSL connection to remote server.
           --use-sni         -I       Use SNI during SSL handshake (uses virtualhost setting; see -V).
           --server          -s       Use the specified remote server address.
           --port            -p       Use the specified remote server port.
           --url             -u       Use the specified remote server url.
           --use-virtualhost -V       Use the specified virtualhost in GET query.
           --verbose         -v       Use verbose mode output.
           --help            -h       Display this short inlined help screen.
           --fwmark          -m       Use the specified FW mark.
           --protocol        -P       Use the specified HTTP protocol - '1.0', 1.0c', '1.1'.
                                        1.0c means 1.0 with 'Connection: close'
           --timeout         -t       Timeout in seconds

        """;
}
