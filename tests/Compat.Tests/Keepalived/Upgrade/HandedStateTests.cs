using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Start;
using Dropin.Compat.Keepalived.Upgrade;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Upgrade;

/// <summary>What one execution of the daemon leaves to the next.</summary>
public sealed class HandedStateTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void A_configuration_is_read_again_as_it_was_though_its_files_are_gone()
    {
        var (path, arguments) = Configuration("include more.conf\n", "static_ipaddress {\n 10.0.0.${_RANDOM 1 200}/32 dev lo\n}\n");
        var (state, config) = Written(path, arguments);
        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);
        var read = HandedState.Read(state, out var reason)!;
        reason.Should().BeEmpty();
        using var log = new KeepalivedLog(3, system: false, console: false, details: false);
        read.WhyNot(arguments, new Configurations(arguments, log), out var again).Should().BeNull();
        again!.StaticAddresses.Should().HaveCount(1);
        again.Should().Be(config, "the chance in it is the same chance");
        (read.CommandLine, read.ExecutablePath, read.Pids, read.LogSuffix, read.IsVrrpRunning).Should().BeEquivalentTo(
            ((string[])["keepalived", "-n"], "/usr/sbin/keepalived", new PidPaths("/a", "/b"), "x", false));
    }

    [Fact]
    public void A_command_line_that_means_something_else_now_is_no_ground_to_go_on()
    {
        var (path, arguments) = Configuration("", "");
        var read = HandedState.Read(Written(path, arguments).State, out _)!;
        using var log = new KeepalivedLog(3, system: false, console: false, details: false);
        read.WhyNot(arguments with { Errand = Errand.Refuse }, new Configurations(arguments, log), out _).Should().Contain("command line");
    }

    [Fact]
    public void A_configuration_that_the_next_executable_cannot_run_is_told()
    {
        var (path, arguments) = Configuration("virtual_server 10.0.0.1 80 {\n protocol TCP\n}\n", "");
        var read = HandedState.Read(Written(path, arguments).State, out _)!;
        using var log = new KeepalivedLog(3, system: false, console: false, details: false);
        read.WhyNot(arguments, new Configurations(arguments, log), out _).Should().Contain("cannot run the configuration");
    }

    [Fact]
    public void What_was_cut_or_changed_is_refused_and_never_throws()
    {
        var (path, arguments) = Configuration("", "");
        var state = Written(path, arguments).State;
        for (var length = 0; length < state.Length; length++) HandedState.Read(state.AsMemory(0, length), out _).Should().BeNull();
        for (var at = 0; at < state.Length; at++)
        {
            byte[] other = [.. state];
            other[at] ^= 0x10;
            HandedState.Read(other, out _).Should().BeNull();
        }
    }

    [Theory]
    [InlineData("dropin-keepalived takes over 1\n", 0, null)]
    [InlineData("dropin-keepalived takes over 2\n", 0, null)]
    [InlineData("dropin-keepalived takes over 1\n", 1, "it does not know how, exit status 1")]
    [InlineData("", 0, "it does not know how, exit status 0")]
    [InlineData("Keepalived v2.2.7\n", 0, "it does not know how, exit status 0")]
    [InlineData("dropin-keepalived does not take over: of the state it says: it is damaged\n", 1, "of the state it says: it is damaged")]
    [InlineData("", 139, "it does not know how, exit status 139")]
    public void Answers_are_understood(string answer, int status, string? reason) => Rehearsal.Meaning(answer, status).Should().Be(reason);

    public void Dispose() => _folder.Dispose();

    private (string Path, KeepalivedArguments Arguments) Configuration(string text, string more)
    {
        var path = _folder.FileNamed("keepalived.conf");
        File.WriteAllText(path, text);
        File.WriteAllText(_folder.FileNamed("more.conf"), more);
        return (path, new KeepalivedArguments { ConfigurationPath = path });
    }

    private static (byte[] State, Runtime.Ir.Vrrp.KeepalivedConfig? Config) Written(string path, KeepalivedArguments arguments)
    {
        var configuration = ReadConfiguration.Anew(inNamespace: false);
        var load = configuration.Load(path, Configurations.Options(arguments));
        load.Verdict.Should().NotBe(ConfigVerdict.Stopped);
        return (HandedState.Write(["keepalived", "-n"], "/usr/sbin/keepalived", configuration, new PidPaths("/a", "/b"), "x", null), load.Config);
    }
}
