using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Sockets;

public sealed class HeldNamespaceTests
{
    [SkippableFact]
    public void A_namespace_is_opened_once_however_many_servers_name_it()
    {
        Skip.If(!Environment.IsPrivilegedProcess, "needs to write below /run");
        var name = "dropin-test-" + Environment.ProcessId;
        Directory.CreateDirectory("/run/netns");
        File.WriteAllText("/run/netns/" + name, "");
        try
        {
            var held = new HeldNamespace.Collection();
            var first = held.Hold(name);
            first.Should().NotBeNull();
            held.Hold(name).Should().BeSameAs(first);
            Directory.GetFiles("/proc/self/fd").Count(file => File.ResolveLinkTarget(file, false)?.FullName == "/run/netns/" + name).Should().Be(1);
            held.Hold(name + "-none").Should().BeNull();
        }
        finally
        {
            File.Delete("/run/netns/" + name);
        }
    }
}
