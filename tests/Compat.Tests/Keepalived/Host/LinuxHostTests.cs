using Dropin.Compat.Keepalived.Host;
using Dropin.Runtime.Sys;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Host;

public sealed class LinuxHostTests
{
    private readonly LinuxHost _host = new();

    [Fact]
    public void The_loopback_is_there_and_nonsense_is_not()
    {
        _host.FindInterface("lo")!.Index.Should().Be(1);
        _host.FindInterface("nosuch0").Should().BeNull();
    }

    [Fact]
    public void A_device_and_an_executable_are_not_read()
    {
        using var folder = new TempDirectory();
        var path = folder.FileNamed("keepalived.conf");
        File.WriteAllText(path, "x");
        _host.ReadFile(path, out _).Should().Equal((byte)'x');
        _host.ReadFile("/bin/sh", out var executable).Should().BeNull();
        _host.ReadFile("/dev/zero", out var device).Should().BeNull("it has no end");
        (executable, device).Should().Be((Dropin.Parsers.Keepalived.Binding.IHostFacts.NotPlain, Dropin.Parsers.Keepalived.Binding.IHostFacts.NotPlain));
    }

    [Fact]
    public void Commands_are_found_by_name_and_by_path()
    {
        _host.FindCommand("sh", 0, 0).Path.Should().EndWith("/sh");
        _host.FindCommand("/bin/sh", 0, 0).Should().Match<Dropin.Parsers.Keepalived.Binding.CommandFacts>(c => c.Runnable && c.Secure);
        _host.FindCommand("/no/such/file", 0, 0).Path.Should().BeNull();
        _host.FindCommand("no-such-command", 0, 0).Path.Should().BeNull();
    }

    [Fact]
    public void A_script_that_others_can_write_is_not_secure()
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "script");
        File.WriteAllText(path, "#!/bin/sh\n");
        FileOwnership.SetMode(path, 0b101_000_010).Should().Be(0);

        _host.FindCommand(path, 0, 0).Should().Match<Dropin.Parsers.Keepalived.Binding.CommandFacts>(c => c.Path == path && c.Runnable && !c.Secure);
    }

    [Fact]
    public void Files_and_folders_say_why_they_cannot_be_read()
    {
        _host.ReadFile("/no/such/file", out var missing).Should().BeNull();
        missing.Should().Be("No such file or directory");
        _host.ReadFile("/", out var folder).Should().BeNull();
        folder.Should().Be("Is a directory");
    }
}
