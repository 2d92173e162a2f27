using Dropin.Compat.Haproxy.Arguments;
using Dropin.Runtime.Ir;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The process that serves.</summary>
internal sealed class Service(ProcessRole role, HaproxyArguments arguments, Messages messages)
{
    internal int Run(HaproxyConfig config)
    {
        _ = (role, arguments, config);
        messages.Alert("[haproxy.main()] this build has no engine yet.");
        return 1;
    }
}
