using Dropin.Compat.Halog;
using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Process;

switch (HalogArguments.Read(args))
{
    case { Help: true }:
        StandardStreams.WriteOutput(Texts.Usage + Texts.LongHelp);
        return 0;
    case { Problem: { } problem }:
        StandardStreams.WriteError($"{problem}\n{Texts.Usage}");
        return 1;
    case { Options: { } options }:
        new LogRun(options, input: 0, output: 1, errors: 2).Run();
        return 0;
    default:
        return 1;
}
