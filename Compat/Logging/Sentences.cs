using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Logging;

/// <summary>Finished sentences for a logger. No templates: the bytes are the originals', and nothing is looked up at run time.</summary>
public static class Sentences
{
    /// <summary>Logs a sentence as it is.</summary>
    public static void Say(this ILogger logger, LogLevel level, string sentence) =>
        logger.Log(level, default, sentence, null, static (text, _) => text);
}
