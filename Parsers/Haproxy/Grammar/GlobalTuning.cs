using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The <c>tune.*</c> keywords of <c>global</c> (configuration manual 3.2).</summary>
internal static class GlobalTuning
{
    private const string NoTls = "TLS is not executed yet";
    private const string NoH2 = "HTTP/2 is not executed yet";
    private const string NoLua = "scripts are not run yet";
    private const string NoPool = "memory is managed differently";

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<GlobalSyntax> table)
    {
        table
            .Executed("tune.bufsize", BufferSize)
            .Executed("tune.maxrewrite", MaxRewrite)
            .Executed("tune.http.maxhdr", (line, g) => Ranged(line, 1, 32767, $"'tune.http.maxhdr' expects a numeric value between 1 and 32767",
                v => Tune(g, t => t with { MaxHeaders = v })))
            .Executed("tune.http.cookielen", (line, g) => Number(line, v => Tune(g, t => t with { CookieLength = v })))
            .Executed("tune.http.logurilen", (line, g) => Number(line, v => Tune(g, t => t with { LogUriLength = v })))
            .Foreign("tune.chksize", "removed in 2.6", (line, _) =>
                line.ErrorTight("removed", $"option 'tune.chksize' is not supported any more (tune.bufsize is used instead)."))
            .Executed("tune.rcvbuf.client", (line, g) => Once(line, g, v => Tune(g, t => t with { ClientReceiveBuffer = v })))
            .Executed("tune.sndbuf.client", (line, g) => Once(line, g, v => Tune(g, t => t with { ClientSendBuffer = v })))
            .Executed("tune.rcvbuf.server", (line, g) => Once(line, g, v => Tune(g, t => t with { ServerReceiveBuffer = v })))
            .Executed("tune.sndbuf.server", (line, g) => Once(line, g, v => Tune(g, t => t with { ServerSendBuffer = v })))
            .Executed("tune.maxaccept", (line, g) => Number(line, v => Tune(g, t => v > 0 ? t with { MaxAccept = v } : t)))
            .Executed("tune.maxpollevents", (line, g) => Number(line, v => Tune(g, t => v > 0 ? t with { MaxPollEvents = v } : t)))
            .Accepted("tune.idletimer", "no stream is taken for idle or busy", (line, _) => IdleTimer(line))
            .Accepted("tune.pool-low-fd-ratio", "idle connections go by what was needed at once lately, not by descriptors", (line, _) => Percent(line, _ => { }))
            .Accepted("tune.pool-high-fd-ratio", "idle connections go by what was needed at once lately, not by descriptors", (line, _) => Percent(line, _ => { }))
            .Accepted("tune.listener.multi-queue", "the thread that is free takes a connection", (line, _) => OnOff(line, _ => { }))
            .Executed("tune.idle-pool.shared", (line, g) => OnOff(line, v => Tune(g, t => t with { SharesIdleConnections = v })))
            .Accepted("tune.sched.low-latency", "the scheduler has one mode", (line, _) => OnOff(line, _ => { }))
            .Accepted("tune.fd.edge-triggered", "descriptors are always edge-triggered")
            .Accepted("tune.recv_enough", "reading has one strategy", (line, _) => Number(line, _ => { }))
            .Accepted("tune.buffers.limit", NoPool, (line, _) => Number(line, _ => { }))
            .Accepted("tune.buffers.reserve", NoPool, (line, _) => Number(line, _ => { }))
            .Accepted("tune.pipesize", "no pipes are used", (line, _) => Number(line, _ => { }))
            .Accepted("tune.runqueue-depth", "the scheduler has one mode", (line, _) => Number(line, _ => { }))
            .Accepted("tune.pattern.cache-size", "pattern results are not cached", (line, _) => Number(line, _ => { }))
            .Accepted("tune.peers.max-updates-at-once", "peers are not executed yet", (line, _) => Number(line, _ => { }))
            .Accepted("tune.comp.maxlevel", "compression is not executed yet",
                (line, _) => Ranged(line, 1, 9, $"'tune.comp.maxlevel' expects a numeric value between 1 and 9", _ => { }))
            .Accepted("tune.fail-alloc", "a debugging aid")
            .Accepted("tune.h2.header-table-size", NoH2,
                (line, _) => Ranged(line, 4096, 65536, $"'tune.h2.header-table-size' expects a numeric value between 4096 and 65536.", _ => { }))
            .Accepted("tune.h2.initial-window-size", NoH2, (line, _) => Number(line, _ => { }))
            .Accepted("tune.h2.max-concurrent-streams", NoH2, (line, _) => Number(line, _ => { }))
            .Accepted("tune.h2.max-frame-size", NoH2,
                (line, _) => Ranged(line, 16384, 16777215, $"'tune.h2.max-frame-size' expects a numeric value between 16384 and 16777215.", _ => { }))
            .Accepted("tune.ssl.cachesize", NoTls, (line, _) => Number(line, v =>
            {
                if (v < 0)
                {
                    line.Error("out-of-range", $"'tune.ssl.cachesize' expects a positive numeric value.", word: 1);
                }
            }))
            .Accepted("tune.ssl.default-dh-param", NoTls, (line, _) => Number(line, v =>
            {
                if (v < 1024)
                {
                    line.Error("out-of-range", $"'tune.ssl.default-dh-param' expects a value >= 1024.", word: 1);
                }
            }));
        foreach (var name in (ReadOnlySpan<string>)["lifetime", "maxrecord", "hard-maxrecord", "ssl-ctx-cache-size",
            "capture-buffer-size", "capture-cipherlist-size", "force-private-cache", "keylog"])
        {
            table.Accepted("tune.ssl." + name, NoTls);
        }

        foreach (var name in (ReadOnlySpan<string>)["forced-yield", "maxmem", "service-timeout", "session-timeout", "task-timeout"])
        {
            table.Accepted("tune.lua." + name, NoLua);
        }

        foreach (var name in (ReadOnlySpan<string>)["global", "proc", "reqres", "sess", "txn", "check"])
        {
            table.Accepted($"tune.vars.{name}-max-size", "variables have no limit of their own", (line, _) =>
            {
                if (Values.Size(line[1], out var bad) is null)
                {
                    line.Error("bad-size", $"{line[0]}: '{line[1]}' is an invalid size", word: 1);
                }
            });
        }
    }

    private static void BufferSize(ConfigLine line, GlobalSyntax g) => Number(line, value =>
    {
        if (value <= 0)
        {
            line.Error("out-of-range", $"'tune.bufsize' expects a positive integer argument.", word: 1);
            return;
        }

        // Room for pointers at the end is kept aligned.
        Tune(g, t => t with { BufferSize = (value + 15) & ~15 });
    });

    private static void MaxRewrite(ConfigLine line, GlobalSyntax g) => Number(line, value =>
    {
        if (value < 0)
        {
            line.Error("out-of-range", $"'tune.maxrewrite' expects a positive integer argument.", word: 1);
            return;
        }

        Tune(g, t => t with { MaxRewrite = value });
    });

    private static void IdleTimer(ConfigLine line)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'tune.idletimer' expects a timer value between 0 and 65535 ms.");
            return;
        }

        var outcome = Values.Time(line[1], TimeUnit.Milliseconds, out var value, out var bad);
        if (outcome == TimeOutcome.BadCharacter)
        {
            line.ErrorTight("bad-time", $"unexpected character '{bad}' in argument to <tune.idletimer>.", 1);
        }
        else if (outcome != TimeOutcome.Good || value > 65535)
        {
            line.Error("out-of-range", $"'tune.idletimer' expects a timer value between 0 and 65535 ms.", word: 1);
        }
    }

    private static void Percent(ConfigLine line, Action<int> set) =>
        Ranged(line, 0, 100, $"'{line[0]}' expects an integer argument between 0 and 100.", set);

    private static void OnOff(ConfigLine line, Action<bool> set)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1] is not ("on" or "off"))
        {
            line.Error("bad-argument", $"'{line[0]}' expects either 'on' or 'off' but got '{line[1]}'.", word: 1);
            return;
        }

        set(line[1] == "on");
    }

    private static void Ranged(ConfigLine line, int least, int most, FormattableString sentence, Action<int> set)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0 && line[0] == "tune.http.maxhdr")
        {
            line.Error("missing-argument", $"'{line[0]}' expects an integer argument.");
            return;
        }

        var value = Values.Number(line[1]);
        if (line[1].Length == 0 || value < least || value > most)
        {
            line.Error("out-of-range", sentence, word: 1);
            return;
        }

        set((int)value);
    }

    private static void Number(ConfigLine line, Action<int> set) =>
        GlobalKeywords.Integer(line, $"'{line[0]}' expects an integer argument.", set);

    private static void Once(ConfigLine line, GlobalSyntax g, Action<int> set) =>
        GlobalKeywords.Once(line, g, $"'{line[0]}' expects an integer argument.", set);

    private static void Tune(GlobalSyntax g, Func<TuneConfig, TuneConfig> change) => g.Config = g.Config with { Tune = change(g.Config.Tune) };
}
