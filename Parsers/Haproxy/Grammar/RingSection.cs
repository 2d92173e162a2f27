using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>ring</c>: a buffer that logs are written to and read from over the statistics socket (configuration manual 3.9).</summary>
internal sealed class RingSection : ISectionReader
{
    private const int DefaultSize = 16384;
    private RingConfig? _ring;
    private DiagnosticSink? _sink;

    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        _ring = null;
        _sink = line.Sink;
        if (line[1].Length == 0)
        {
            line.Error("missing-argument", $"missing ring name.");
            return "ring";
        }

        if (ServerLines.InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"invalid ring name '{line[1]}' (char '{bad}' is not permitted).", word: 1);
            return line[1];
        }

        if (line.Document.Rings.Exists(r => r.Name == line[1]))
        {
            line.Error("duplicate-name", $"sink named '{line[1]}' already exists.", word: 1);
            return line[1];
        }

        _ring = new RingConfig(line[1], line[1], LogLineFormat.Raw, DefaultSize, DefaultSize);
        return line[1];
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        var ring = _ring ?? new RingConfig("", null, LogLineFormat.Raw, DefaultSize, DefaultSize);
        switch (line[0])
        {
            case "size":
                // Units are not understood: '1m' is one byte.
                if (Values.Number(line[1]) is not (> 0 and var size))
                {
                    line.Error("bad-size", $"invalid size '{line[1]}' for new sink buffer.", word: 1);
                    return;
                }

                if (size < ring.Size)
                {
                    // Said as a warning, and yet the configuration is not taken.
                    line.Sink.Add(Sentences.Make("too-small", DiagnosticSeverity.Warning, DiagnosticEffect.Fails,
                        $"ignoring new size '{size}' that is smaller than current size '{ring.Size}' for ring '{ring.Name}'.",
                        DiagnosticPlace.Parsing, line.PlaceOf(1)));
                    return;
                }

                ring = ring with { Size = (int)Math.Min(size, Array.MaxLength) };
                break;
            case "format":
                if (LogLines.Format(line[1]) is not { } format)
                {
                    line.Error("unknown-log-format", $"unknown format '{line[1]}'.", word: 1);
                    return;
                }

                ring = ring with { Format = format };
                break;
            case "maxlen":
                if (Values.Number(line[1]) is not (> 0 and var length))
                {
                    line.Error("bad-size", $"invalid size '{line[1]}' for new sink buffer.", word: 1);
                    return;
                }

                ring = ring with { MaxLength = (int)Math.Min(length, int.MaxValue) };
                break;
            case "description":
                if (line[1].Length == 0)
                {
                    line.Error("missing-argument", $"missing ring description text.");
                    return;
                }

                ring = ring with { Description = line[1] };
                break;
            case "server" or "timeout" or "backing-file":
                line.Refuse("ring ... " + line[0], "a ring is read over the statistics socket only");
                return;
            default:
                line.Error("unknown-keyword", $"unknown statement '{line[0]}'.");
                return;
        }

        if (_ring is not null)
        {
            _ring = ring;
        }
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document)
    {
        if (_ring is not null)
        {
            if (_ring.MaxLength > _ring.Size)
            {
                _sink!.Warn("too-long", default,
                    $"ring '{_ring.Name}' event max length '{_ring.MaxLength}' exceeds size, forced to size '{_ring.Size}'.");
                _ring = _ring with { MaxLength = _ring.Size };
            }

            document.Rings.Add(_ring);
        }

        _ring = null;
    }
}
