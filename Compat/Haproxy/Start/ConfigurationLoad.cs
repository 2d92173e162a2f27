using Dropin.Compat.Haproxy.Arguments;
using Dropin.Runtime.Ir;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Reads the files and says what was found in them, unless the parent of this process has said it already.</summary>
internal sealed class ConfigurationLoad(Messages messages, HaproxyArguments arguments, ProcessRole role)
{
    /// <summary>The configuration; null when it cannot be used, which has been said.</summary>
    internal HaproxyConfig? Run(IReadOnlyList<string> files)
    {
        _ = (arguments, role);
        messages.Alert($"config : {files[0]} : this build has no configuration loader yet.");
        return null;
    }
}
