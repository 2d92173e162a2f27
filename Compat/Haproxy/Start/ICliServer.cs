using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Answers on the process' CLI (management manual 9.3).</summary>
internal interface ICliServer
{
    /// <summary>Takes connections of an open statistics socket from now on. The process has opened it, so that it can be handed over.</summary>
    void Listen(BindConfig bind, int descriptor);

    /// <summary>Serves a connection that came another way: over the socket pair of the master.</summary>
    void Serve(int connection, CliLevel level);

    /// <summary>Takes no more connections: the process is stopping.</summary>
    void StopListening();
}
