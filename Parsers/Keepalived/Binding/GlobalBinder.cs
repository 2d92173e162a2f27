using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>The IR of global_defs and of what it gives to others.</summary>
internal static class GlobalBinder
{
    /// <summary>global_defs.</summary>
    public static GlobalConfig Bind(Document document)
    {
        var global = document.Global;
        return global.Config with
        {
            NetworkNamespace = document.Options.NetworkNamespace ?? global.Config.NetworkNamespace,
            Umask = document.Options.Umask ?? global.Config.Umask,
            Garp = Garp(global.Garp, null),
            NamesFirewall = global.HasNftables,
            Fifo = Fifo(document, global.Fifo),
            VrrpFifo = Fifo(document, global.VrrpFifo),
            StartupScript = global.StartupScript is { } start ? Command(document, start) : null,
            ShutdownScript = global.ShutdownScript is { } end ? Command(document, end) : null,
            ScriptUser = global.ScriptUser ?? document.Facts.FindUser(Scripts.DefaultUser) ?? document.Facts.Self,
            Mail = global.Config.Mail with { Default = global.SmtpAlert },
        };
    }

    /// <summary>Counts and delays: what was written, else the defaults' own, else those of the original.</summary>
    public static GarpConfig Garp(GarpSyntax own, GarpSyntax? defaults)
    {
        var standard = new GarpConfig();
        var delay = own.Delay ?? defaults?.Delay ?? standard.Delay;
        var repeat = own.Repeat ?? defaults?.Repeat ?? standard.Repeat;
        return new GarpConfig
        {
            Delay = delay,
            Repeat = repeat,
            Refresh = own.Refresh ?? defaults?.Refresh ?? standard.Refresh,
            RefreshRepeat = own.RefreshRepeat ?? defaults?.RefreshRepeat ?? standard.RefreshRepeat,

            // keepalived.conf(5): those of a lower priority's adverts default to those of the master.
            LowerPriorityDelay = own.LowerPriorityDelay ?? defaults?.LowerPriorityDelay ?? delay,
            LowerPriorityRepeat = own.LowerPriorityRepeat ?? defaults?.LowerPriorityRepeat ?? repeat,
            ExtraInterval = own.ExtraInterval ?? defaults?.ExtraInterval ?? standard.ExtraInterval,
            ExtraForAll = own.ExtraForAll ?? defaults?.ExtraForAll ?? standard.ExtraForAll,
        };
    }

    /// <summary>A script with the user it runs as.</summary>
    public static ScriptCommand Command(Document document, ScriptSyntax script)
    {
        var (user, group) = script.User ?? document.Global.ScriptUser ?? document.Facts.FindUser(Scripts.DefaultUser) ?? document.Facts.Self;
        return new ScriptCommand(script.Line, ValueList.Create<string>([.. script.Words]), user, group);
    }

    private static NotifyFifoConfig? Fifo(Document document, FifoSyntax fifo)
    {
        if (fifo.Path is null)
        {
            return null;
        }

        var (user, group) = fifo.Owner ?? document.Facts.Self;
        return new NotifyFifoConfig(fifo.Path, fifo.Reader is { } reader ? Command(document, reader) : null, user, group);
    }
}
