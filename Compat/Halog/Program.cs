using Dropin.Compat.Halog;
using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

switch (HalogArguments.Read(args))
{
    case { Help: true }:
        StandardStreams.WriteOutput(Texts.Usage + Texts.LongHelp);
        return 0;
    case { Problem: { } problem }:
        StandardStreams.WriteError($"{problem}\n{Texts.Usage}");
        return 1;
    case { Options: { } options }:
        // Closed standard input is an empty log.
        new LogRun(options, input: Descriptors.IsOfTheCaller(0) ? 0 : -1, output: 1, errors: 2).Run();
        return 0;
    default:
        return 1;
}
