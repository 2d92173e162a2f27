using Dropin.Parsers.Keepalived.Binding;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived;

/// <summary>Reads a keepalived.conf into the IR: for a test of the configuration, for the start and for a reload.</summary>
public static class KeepalivedConfigLoader
{
    /// <summary>Reads one file and what it includes.</summary>
    /// <param name="path">The file, as the operator named it.</param>
    /// <param name="options">Machine and command line.</param>
    /// <remarks>
    /// The file is read four times, as the original's four processes do: for the daemon as a whole, for virtual servers, virtual routers and BFD.
    /// That is the order of the findings, and why a mistake at the top level is found four times.
    /// </remarks>
    public static KeepalivedLoad Load(string path, KeepalivedLoadOptions options)
    {
        var sink = new FindingSink();
        var document = new Document(sink, options);
        var files = new SourceFiles(options.Facts);
        var seed = options.RandomSeed ?? Environment.TickCount;

        // What exists in the main file may be taken by includes only once: a file that is not there has been named by the first reading.
        Read(ReadingPass.Parent);
        ScriptChecks.Parent(document);
        if (sink.Stopped || sink.IncludeFailed)
        {
            return Failed(document);
        }

        if (document.Global.Config.NetworkNamespace is { } name && options.NetworkNamespace is null && !options.InNamespace)
        {
            // The rest is read by processes inside of the namespace: a test that is not there ends well, whatever it has found.
            return new KeepalivedLoad(null, sink.All, document.Refused) { Verdict = ConfigVerdict.Good, NeedsNamespace = name };
        }

        Read(ReadingPass.Checker);
        if (sink.Stopped)
        {
            return Failed(document);
        }

        IpvsChecks.Run(document);
        Read(ReadingPass.Vrrp);
        if (sink.Stopped)
        {
            return Failed(document);
        }

        var good = VrrpChecks.Run(document);
        Read(ReadingPass.Bfd);
        return sink.Stopped || !good ? Failed(document) : new KeepalivedLoad(VrrpBinder.Bind(document), sink.All, document.Refused);

        void Read(ReadingPass pass)
        {
            sink.Pass = pass;
            document.Bfd = new BfdDocument();
            var lines = new LineSource(path, files, sink, options, seed);
            document.Lines = lines;
            new BlockReader(lines, document, TopLevel.Table, pass).Read();
        }
    }

    private static KeepalivedLoad Failed(Document document) => new((KeepalivedConfig?)null, document.Sink.All, document.Refused);
}
