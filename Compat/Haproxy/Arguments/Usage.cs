namespace Dropin.Compat.Haproxy.Arguments;

/// <summary>The reminder of options, printed for a command line that makes no sense.</summary>
internal static class Usage
{
    /// <summary>The text for a program of that name (the last part of its path).</summary>
    internal static string For(string program) => $$"""
        Usage : {{program}} [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ] [ -N <maxpconn> ]
                [ -p <pidfile> ] [ -m <max megs> ] [ -C <dir> ] [-- <cfgfile>*]
                -v displays version ; -vv shows known build options.
                -d enters debug mode ; -db only disables background mode.
                -dM[<byte>,help,...] debug memory (default: poison with <byte>/0x50)
                -V enters verbose mode (disables quiet mode)
                -D goes daemon ; -C changes to <dir> before loading files.
                -W master-worker mode.
                -Ws master-worker mode with systemd notify support.
                -q quiet mode : don't display messages
                -c check mode : only check config files and exit
                -cc check condition : evaluate a condition and exit
                -n sets the maximum total # of connections (uses ulimit -n)
                -m limits the usable amount of memory (in MB)
                -N sets the default, per-proxy maximum # of connections (0)
                -L set local peer name (default to hostname)
                -p writes pids of all children to this file
                -de disables epoll() usage even when available
                -dp disables poll() usage even when available
                -dS disables splice usage (broken on old kernels)
                -dG disables getaddrinfo() usage
                -dR disables SO_REUSEPORT usage
                -dL dumps loaded object files after config checks
                -dK{class[,...]} dump registered keywords (use 'help' for list)
                -dr ignores server address resolution failures
                -dV disables SSL verify on servers side
                -dW fails if any warning is emitted
                -dD diagnostic mode : warn about suspicious configuration statements
                -sf/-st [pid ]* finishes/terminates old pids.
                -x <unix_socket> get listening sockets from a unix socket
                -S <bind>[,<bind options>...] new master CLI


        """;
}
