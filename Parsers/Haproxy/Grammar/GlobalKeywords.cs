using Dropin.Parsers.Haproxy.Expressions;
using System.Globalization;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The keywords of <c>global</c> about the process (configuration manual 3.1).</summary>
internal static class GlobalKeywords
{
    private const string NoLua = "scripts are not run yet";

    private static readonly string[] Silent =
        ["noepoll", "nopoll", "nosplice", "nogetaddrinfo", "noreuseport", "busy-polling"];

    /// <summary>The table of the section.</summary>
    public static readonly KeywordTable<GlobalSyntax> Table = Build();

    private static KeywordTable<GlobalSyntax> Build()
    {
        var table = new KeywordTable<GlobalSyntax>("global");
        GlobalTuning.Add(table);
        GlobalTls.Add(table);
        table
            .Executed("daemon", (line, g) => Flag(line, () => g.Config = g.Config with { Daemon = true }))
            .Executed("master-worker", MasterWorker)
            .Executed("mworker-max-reloads", MaxReloads)
            .Executed("quiet", (line, g) => Flag(line, () => (g.Config, g.QuietFrom) = (g.Config with { Quiet = true }, line.Sink.All.Count)))
            .Executed("zero-warning", (line, g) => Flag(line, () => g.ZeroWarning = true))
            .Foreign("nbproc", "removed in 2.5", (line, _) => line.Error("removed",
                $"nbproc is not supported any more since HAProxy 2.5. Threads will automatically be used on multi-processor machines if available."))
            .Executed("nbthread", Threads)
            .Accepted("thread-groups", "one group of threads", (line, _) => ThreadGroups(line))
            .Refused("thread-group", "threads have no groups")
            .Executed("maxconn", (line, g) => Once(line, g, $"'maxconn' expects an integer argument.",
                v => g.Config = g.Config with { MaxConnections = Positive(v) }))
            .Executed("maxconnrate", (line, g) => Once(line, g, $"'maxconnrate' expects an integer argument.",
                v => g.Config = g.Config with { MaxConnectionRate = v }))
            .Executed("maxsessrate", (line, g) => Once(line, g, $"'maxsessrate' expects an integer argument.",
                v => g.Config = g.Config with { MaxSessionRate = v }))
            .Accepted("maxsslrate", "TLS is not executed yet", (line, g) => Once(line, g, $"'maxsslrate' expects an integer argument.", _ => { }))
            .Accepted("maxpipes", "no pipes are used", (line, g) => Once(line, g, $"'maxpipes' expects an integer argument.", _ => { }))
            .Accepted("maxcomprate", "compression is not executed yet",
                (line, _) => Integer(line, $"'maxcomprate' expects an integer argument in kb/s.", _ => { }))
            .Accepted("maxzlibmem", "compression is not executed yet", (line, _) => Integer(line, $"'maxzlibmem' expects an integer argument.", _ => { }))
            .Accepted("maxcompcpuusage", "compression is not executed yet", CompressionCpu)
            .Executed("ulimit-n", (line, g) => Once(line, g, $"'ulimit-n' expects an integer argument.",
                v => g.Config = g.Config with { DescriptorLimit = Positive(v) }))
            .Executed("fd-hard-limit", (line, g) => Once(line, g, $"'fd-hard-limit' expects an integer argument.",
                v => g.Config = g.Config with { DescriptorHardLimit = Positive(v) }))
            .Executed("chroot", (line, g) => Text(line, g, $"'chroot' expects a directory as an argument.", v => g.Config = g.Config with { Chroot = v }))
            .Executed("description", Description)
            .Executed("node", Node)
            .Executed("user", User)
            .Executed("group", Group)
            .Executed("uid", Uid)
            .Executed("gid", Gid)
            .Executed("pidfile", (line, g) => Text(line, g, $"'pidfile' expects a file name as an argument.", v => g.Config = g.Config with { PidFile = v }))
            .Executed("log", LogLines.Global)
            .Executed("log-tag", (line, g) => Text(line, null, $"'log-tag' expects a tag for use in syslog.", v => g.Config = g.Config with { LogTag = v }))
            .Executed("log-send-hostname", LogSendHostname)
            .Executed("stats", GlobalStats.Read)
            .Executed("unix-bind", UnixBind)
            .Executed("spread-checks", SpreadChecks)
            .Executed("max-spread-checks", MaxSpreadChecks)
            .Executed("server-state-file", (line, g) => File(line, $"'server-state-file' expect one argument: a file path.",
                v => g.Config = g.Config with { ServerStateFile = v }))
            .Executed("server-state-base", (line, g) => File(line, $"'server-state-base' expects one argument: a directory path.",
                v => g.Config = g.Config with { ServerStateBase = v }))
            .Accepted("cpu-map", "threads are placed by the system", CpuMap)
            .Executed("setenv", (line, _) => SetEnvironment(line, (name, value) => line.Document.Environment.Set(name, value)))
            .Executed("presetenv", (line, _) => SetEnvironment(line, (name, value) => line.Document.Environment.SetIfMissing(name, value)))
            .Executed("unsetenv", UnsetEnvironment)
            .Executed("resetenv", ResetEnvironment)
            .Executed("hard-stop-after", (line, g) => Time(line, v => g.Config = g.Config with { HardStopAfter = Values.Duration(v) }))
            .Executed("grace", (line, g) => Time(line, v => g.Config = g.Config with { Grace = Values.Duration(v) }))
            .Executed("close-spread-time", CloseSpread)
            .Executed("strict-limits", (line, g) => Flag(line, () => g.Config = g.Config with { StrictLimits = line.Prefix != LinePrefix.No }))
            .Executed("set-dumpable", (line, g) => Flag(line, () => g.Config = g.Config with { Dumpable = line.Prefix != LinePrefix.No }))
            .Executed("insecure-setuid-wanted", (line, g) => Flag(line, () => g.Config = g.Config with { InsecureSetuid = true }))
            .Executed("insecure-fork-wanted", (line, g) => Flag(line, () => g.InsecureFork = line.Prefix != LinePrefix.No))
            .Executed("external-check", (line, g) => Flag(line, () => g.Config = g.Config with { ExternalCheck = true }))
            .Accepted("numa-cpu-mapping", "threads are placed by the system")
            .Executed("localpeer", (line, g) => Text(line, null, $"'localpeer' expects a name as an argument.",
                v => line.Document.Environment.Set("HAPROXY_LOCALPEER", v)))
            .Executed("expose-experimental-directives", (_, g) => g.Experimental = true)
            .Accepted("no-memory-trimming", "memory is not trimmed at a reload", (line, _) => Flag(line, () => { }))
            .Executed("pp2-never-send-local", (line, g) => Flag(line, () => g.Config = g.Config with { ProxyV2NeverLocal = true }))
            .Executed("h1-case-adjust", HeaderCase)
            .Executed("h1-accept-payload-with-any-method", (line, g) => Flag(line, () => g.Config = g.Config with { AcceptAnyPayload = true }))
            .Executed("h1-case-adjust-file", HeaderCaseFile)
            .Executed("default-path", DefaultPath)
            .Accepted("cluster-secret", "QUIC is not executed", (line, _) =>
            {
                if (line.HasTooMany(1))
                {
                    return;
                }

                if (line[1].Length == 0)
                {
                    line.Error("missing-argument", $"expects an ASCII string argument.");
                }
            })
            .Accepted("profiling.tasks", "the tasks of this engine are not profiled", (line, _) => OnOffAuto(line))
            .Refused("lua-load", NoLua, Lua)
            .Refused("lua-load-per-thread", NoLua, Lua)
            .Accepted("lua-prepend-path", NoLua)
            .Executed("set-var", ProcessVariableLines.Sample)
            .Executed("set-var-fmt", ProcessVariableLines.Format)
            .Accepted("httpclient.resolvers.id", "no HTTP client of its own")
            .Accepted("httpclient.resolvers.prefer", "no HTTP client of its own")
            .Accepted("httpclient.ssl.ca-file", "no HTTP client of its own")
            .Accepted("httpclient.ssl.verify", "no HTTP client of its own", HttpClientVerify);
        foreach (var name in Silent)
        {
            table.Accepted(name, name[0] == 'n' ? "the engine uses one way of polling" : "a property of the process that has no counterpart",
                (line, _) => Flag(line, () => { }));
        }

        return table.AlsoSuggest("global", "listen", "frontend", "backend", "defaults", "peers", "resolvers");
    }

    private static void MasterWorker(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1] is not ("" or "no-exit-on-failure"))
        {
            line.Error("bad-argument", $"'master-worker' only supports 'no-exit-on-failure' option.", word: 1);
            return;
        }

        g.Config = g.Config with { MasterWorker = true, NoExitOnFailure = g.Config.NoExitOnFailure || line[1].Length > 0 };
    }

    private static void MaxReloads(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'mworker-max-reloads' expects an integer argument.");
            return;
        }

        var value = Values.Integer(line[1]);
        if (value < 0)
        {
            line.Error("bad-argument", $"'mworker-max-reloads' : invalid value {value}, must be >= 0");
            return;
        }

        g.Config = g.Config with { MasterWorkerMaxReloads = value };
    }

    private static void Threads(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1) || !Whole(line, out var value))
        {
            return;
        }

        if (value is < 1 or > 64)
        {
            line.Error("out-of-range", $"'nbthread' value must be between 1 and 64 (was {value})", word: 1);
            return;
        }

        if (g.Config.Threads is not null)
        {
            line.Sink.Diag("already-set", line.At, $"'nbthread' is already defined and will be overridden.",
                Runtime.Ir.Source.DiagnosticPlace.Parsing);
        }

        g.Config = g.Config with { Threads = (int)value };
    }

    private static void ThreadGroups(ConfigLine line)
    {
        if (!line.HasTooMany(1) && Whole(line, out var value) && value != 1)
        {
            line.Error("out-of-range", $"'thread-groups' value must be between 1 and 1 (was {value})", word: 1);
        }
    }

    private static bool Whole(ConfigLine line, out long value)
    {
        if (Values.TryWhole(line[1], out value, out _) && line[1].AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            return true;
        }

        line.Error("bad-number", $"'{line[0]}' passed a missing or unparsable integer value in '{line[1]}'", word: 1);
        return false;
    }

    private static void CompressionCpu(ConfigLine line, GlobalSyntax g)
    {
        if (!line.HasTooMany(1) && (line[1].Length == 0 || Values.Number(line[1]) is < 0 or > 100))
        {
            line.Error("out-of-range", $"'maxcompcpuusage' expects an integer argument between 0 and 100.", word: 1);
        }
    }

    private static void Description(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'description' expects a string argument.");
            return;
        }

        g.Config = g.Config with { Description = Rest(line, 1) };
    }

    /// <summary>The original gives up on the whole file here, as if it could not be opened.</summary>
    internal static void MissingDescription(ConfigLine line)
    {
        line.ErrorTight("missing-argument", $"'description' expects a string argument.");
        line.Sink.Add(Lexing.LexingTexts.CouldNotOpen, line.At, line.At.File, "Success");
    }

    /// <summary>The words from a place on, joined by single blanks.</summary>
    internal static string Rest(ConfigLine line, int from)
    {
        var text = line[from];
        for (var i = from + 1; i < line.Count; i++)
        {
            text += " " + line[i];
        }

        return text;
    }

    private static void Node(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0 || !line[1].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            line.ErrorTight("bad-name", $"'node' requires valid node name - non-empty string with digits(0-9), letters(A-Z, a-z), dot(.), hyphen(-) or underscode(_).");
            return;
        }

        g.Config = g.Config with { Node = line[1] };
    }

    private static void User(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1) || Again(line, g.Config.Uid, "user/uid"))
        {
            return;
        }

        if (line.Document.Surroundings.FindUser(line[1]) is { } found)
        {
            g.Config = g.Config with { Uid = found.Uid };
            return;
        }

        line.Error("unknown-user", $"cannot find user id for '{line[1]}' (0:Success)", word: 1);
    }

    private static void Group(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1) || Again(line, g.Config.Gid, "gid/group"))
        {
            return;
        }

        if (line.Document.Surroundings.FindGroup(line[1]) is { } found)
        {
            g.Config = g.Config with { Gid = found };
            return;
        }

        line.Error("unknown-group", $"cannot find group id for '{line[1]}' (0:Success)", word: 1);
    }

    // Root's number is what a process has that was given none: it does not count as set.
    private static bool Again(ConfigLine line, uint? before, string what)
    {
        if (before is null or 0)
        {
            return false;
        }

        line.Alert("already-set", $"{what} already specified. Continuing.");
        return true;
    }

    private static void Uid(ConfigLine line, GlobalSyntax g)
    {
        if (!line.HasTooMany(1) && !Again(line, g.Config.Uid, "user/uid") && Id(line, "uid", "user") is { } id)
        {
            g.Config = g.Config with { Uid = id };
        }
    }

    private static void Gid(ConfigLine line, GlobalSyntax g)
    {
        if (!line.HasTooMany(1) && !Again(line, g.Config.Gid, "group/gid") && Id(line, "gid", "group") is { } id)
        {
            g.Config = g.Config with { Gid = id };
        }
    }

    private static uint? Id(ConfigLine line, string keyword, string other)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{keyword}' expects an integer argument.");
            return null;
        }

        if (long.TryParse(line[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id is >= -1 and <= uint.MaxValue)
        {
            return (uint)id;
        }

        line.Warn("not-a-number",
            $" {keyword}: string '{line[1]}' is not a number.\n   | You might want to use the '{other}' parameter to use a system {other} name.", word: 1);
        return null;
    }

    private static void LogSendHostname(ConfigLine line, GlobalSyntax g)
    {
        if (g.Config.LogSendHostname is not null)
        {
            line.Alert("already-set", $"'log-send-hostname' already specified. Continuing.");
            return;
        }

        g.Config = g.Config with { LogSendHostname = line[1] };
    }

    private static void UnixBind(ConfigLine line, GlobalSyntax g)
    {
        for (var i = 1; line[i].Length > 0; i += 2)
        {
            var value = line[i + 1];
            switch (line[i])
            {
                case "prefix" when value.Length == 0:
                    line.Error("missing-argument", $"unix_bind 'prefix' expects a path as an argument.", word: i);
                    return;
                case "prefix":
                    g.UnixPrefix = value;
                    break;
                case "mode":
                    g.UnixMode = Octal(value);
                    break;
                case "uid":
                    g.UnixUid = (uint)Values.Number(value);
                    break;
                case "gid":
                    g.UnixGid = (uint)Values.Number(value);
                    break;
                case "user" when line.Document.Surroundings.FindUser(value) is { } user:
                    g.UnixUid = user.Uid;
                    break;
                case "user":
                    line.Error("unknown-user", $"'unix-bind' : '{value}' unknown user.", word: i + 1);
                    break;
                case "group" when line.Document.Surroundings.FindGroup(value) is { } group:
                    g.UnixGid = group;
                    break;
                case "group":
                    line.Error("unknown-group", $"'unix-bind' : '{value}' unknown group.", word: i + 1);
                    break;
                default:
                    line.Error("unknown-option", $"'unix-bind' only supports the 'prefix', 'mode', 'uid', 'gid', 'user' and 'group' options.", word: i);
                    return;
            }
        }
    }

    /// <summary>Octal digits the way C's strtol reads them; null without any.</summary>
    internal static int? Octal(string text)
    {
        int? value = null;
        foreach (var c in text)
        {
            if (c is < '0' or > '7')
            {
                break;
            }

            value = ((value ?? 0) * 8) + (c - '0');
        }

        return value;
    }

    private static void SpreadChecks(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'spread-checks' expects an integer argument (0..50).");
        }
        else if (Values.Number(line[1]) is var value && value is < 0 or > 50)
        {
            line.ErrorTight("out-of-range", $"'spread-checks' needs a positive value in range 0..50.", 1);
        }
        else
        {
            g.Config = g.Config with { SpreadChecks = (int)value };
        }
    }

    private static void MaxSpreadChecks(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'max-spread-checks' expects an integer argument (0..50).");
            return;
        }

        var outcome = Values.Time(line[1], TimeUnit.Milliseconds, out var value, out var bad);
        if (outcome == TimeOutcome.BadCharacter)
        {
            line.ErrorTight("bad-time", $"unsupported character '{bad}' in 'max-spread-checks' (wants an integer delay).", 1);
        }
        else if (outcome != TimeOutcome.Good)
        {
            line.ErrorTight("bad-time", $"timer overflow in argument <{line[1]}> to <max-spread-checks>, maximum value is 2147483647 ms (~24.8 days).", 1);
        }
        else
        {
            g.Config = g.Config with { MaxSpreadChecks = Values.Duration(value) };
        }
    }

    private static void CpuMap(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"{line[0]} expects a process number  ('all', 'odd', 'even', a number from 1 to 64 or a range),  followed by a list of CPU ranges with numbers from 0 to 63.");
            return;
        }

        var set = line[1].StartsWith("auto:", StringComparison.Ordinal) ? line[1][5..] : line[1];
        foreach (var part in set.Split('/'))
        {
            if (ThreadSets.Read(part, 64, out _) is { } problem)
            {
                line.Error("bad-range", $"cpu-map : {problem}", word: 1);
                return;
            }
        }
    }

    private static void SetEnvironment(ConfigLine line, Action<string, string> set)
    {
        if (line.HasTooMany(3))
        {
            return;
        }

        if (line[2].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'{line[0]}' expects a name and a value.");
            return;
        }

        set(line[1], line[2]);
    }

    private static void UnsetEnvironment(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0)
        {
            line.ErrorTight("missing-argument", $"'unsetenv' expects at least one variable name.");
            return;
        }

        for (var i = 1; line[i].Length > 0; i++)
        {
            line.Document.Environment.Remove(line[i]);
        }
    }

    private static void ResetEnvironment(ConfigLine line, GlobalSyntax g)
    {
        var keep = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; line[i].Length > 0; i++)
        {
            keep.Add(line[i]);
        }

        line.Document.Environment.KeepOnly(keep);
    }

    private static void HeaderCase(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(2))
        {
            return;
        }

        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <from> and <to> as argument.");
        }
        else if (HeaderCasePairs.Problem(g.Config.HeaderCases, line[1].ToLowerInvariant(), line[2]) is { } problem)
        {
            line.Error("bad-header-case", problem, word: 1);
        }
        else
        {
            g.Config = g.Config with { HeaderCases = g.Config.HeaderCases.Add(new HeaderCase(line[1].ToLowerInvariant(), line[2])) };
        }
    }

    private static void HeaderCaseFile(ConfigLine line, GlobalSyntax g)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <file> as argument.");
        }
        else
        {
            g.HeaderCaseFile = line[1];
        }
    }

    private static void DefaultPath(ConfigLine line, GlobalSyntax g)
    {
        var mode = line[1];
        if (mode is not ("current" or "config" or "parent" or "origin"))
        {
            line.Error("bad-argument",
                $"{(mode.Length == 0 ? "missing" : "unsupported")} default-path mode '{mode}' for 'default-path', supported modes include 'current', 'config', 'parent', and 'origin'.",
                word: 1);
            return;
        }

        if (mode == "origin" && line[2].Length == 0)
        {
            line.Error("missing-argument", $"'default-path origin' expects a directory as an argument.");
            return;
        }

        (g.DefaultPath, g.DefaultPathFolder) = (mode, mode == "origin" ? line[2] : null);
    }

    private static void OnOffAuto(ConfigLine line)
    {
        if (!line.HasTooMany(1) && line[1] is not ("on" or "auto" or "off"))
        {
            line.Error("bad-argument", $"'{line[0]}' expects either 'on', 'auto', or 'off' but got '{line[1]}'.", word: 1);
        }
    }

    private static void Lua(ConfigLine line, GlobalSyntax g)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects a file name as parameter.");
        }
        else if (line.Document.Surroundings.ReadFile(line[1], out var reason) is null)
        {
            line.Error("cannot-read", $"error in Lua file '{line[1]}': cannot open {line[1]}: {reason}", word: 1);
        }
        else
        {
            line.Refuse(line[0], NoLua);
        }
    }

    private static void HttpClientVerify(ConfigLine line, GlobalSyntax g)
    {
        if (!line.HasTooMany(1) && line[1] is not ("none" or "required"))
        {
            line.Error("bad-argument", $"'httpclient.ssl.verify' expects 'none' or 'required' as argument.\n", word: 1);

            // The original says this as well.
            line.Error("bad-argument", $"(null)");
        }
    }

    /// <summary>A keyword without arguments.</summary>
    internal static void Flag(ConfigLine line, Action set)
    {
        if (!line.HasTooMany(0))
        {
            set();
        }
    }

    /// <summary>A keyword with one number, read as C's atol reads it.</summary>
    internal static void Integer(ConfigLine line, FormattableString missing, Action<int> set)
    {
        if (line.HasTooMany(1))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", missing);
            return;
        }

        set(Values.Integer(line[1]));
    }

    /// <summary>A keyword with one number that counts the first time only.</summary>
    internal static void Once(ConfigLine line, GlobalSyntax g, FormattableString missing, Action<int> set)
    {
        if (line.HasTooMany(1) || SeenBefore(line, g))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", missing);
            return;
        }

        var value = Values.Integer(line[1]);
        set(value);
        if (value != 0)
        {
            g.Seen.Add(line[0]);
        }
    }

    private static bool SeenBefore(ConfigLine line, GlobalSyntax g)
    {
        if (!g.Seen.Contains(line[0]))
        {
            return false;
        }

        line.Alert("already-set", $"'{line[0]}' already specified. Continuing.");
        return true;
    }

    private static void Text(ConfigLine line, GlobalSyntax? once, FormattableString missing, Action<string> set)
    {
        if (line.HasTooMany(1) || (once is not null && SeenBefore(line, once)))
        {
            return;
        }

        if (line[1].Length == 0)
        {
            line.Error("missing-argument", missing);
            return;
        }

        once?.Seen.Add(line[0]);
        set(line[1]);
    }

    private static void File(ConfigLine line, FormattableString missing, Action<string> set)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", missing);
            return;
        }

        set(line[1]);
    }

    private static void CloseSpread(ConfigLine line, GlobalSyntax g)
    {
        if (line[1] == "infinite")
        {
            g.Config = g.Config with { CloseSpread = GlobalConfig.NeverClosed };
            return;
        }

        Time(line, v => g.Config = g.Config with { CloseSpread = Values.Duration(v) });
    }

    private static void Time(ConfigLine line, Action<long> set)
    {
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <time> as argument.\n\n");
            return;
        }

        switch (Values.Time(line[1], TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.BadCharacter:
                line.Error("bad-time", $"unexpected character '{bad}' in argument to <{line[0]}>.\n\n", word: 1);
                break;
            case TimeOutcome.Overflow:
                line.Error("bad-time",
                    $"timer overflow in argument '{line[1]}' to '{line[0]}' (maximum value is 2147483647 ms or ~24.8 days)", word: 1);
                break;
            default:
                set(value);
                break;
        }
    }

    private static int? Positive(int value) => value > 0 ? value : null;
}
