using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Logging;

/// <summary>How a program writes its messages: each of the programs we stand in for has a form of its own, which tools match on.</summary>
public interface ILineFormat
{
    /// <summary>The line, its line feed included.</summary>
    /// <param name="level">How severe it is.</param>
    /// <param name="text">The sentence.</param>
    string Line(LogLevel level, string text);
}
