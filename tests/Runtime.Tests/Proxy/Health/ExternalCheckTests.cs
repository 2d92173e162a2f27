using System.Net;
using System.Text.RegularExpressions;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Tests.Transport;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>Programs as checks, against fixtures/health/external.txt.</summary>
public sealed partial class ExternalCheckTests
{
    [Theory]
    [InlineData("x-ok", "exit 0", 5000)]
    [InlineData("x-bad", "exit 3", 5000)]
    [InlineData("x-slow", "exec sleep-is-not-in-the-path 5", 5000)]
    [InlineData("x-sig", "kill -9 $$", 5000)]
    [InlineData("x-none", null, 5000)]
    [InlineData("x-tout", "exec /bin/sleep 5", 100)]
    public void A_program_ends_as_in_the_original(string name, string? script, int patience)
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "check.sh");
        if (script is not null)
        {
            File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
#pragma warning disable CA1416 // Linux it is.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        }

        LoopDriver.Run(driver =>
        {
            var server = new ServerConfig
            {
                Name = "s",
                Id = 1,
                Endpoint = new IpEndpoint(IPAddress.Loopback, 1),
                Check = new ServerCheckConfig { Rise = 1, Fall = 1 },
            };
            var world = new HealthWorld(new ExternalCheckConfig(path, null), server, name, patience);
            world.Server.MoveTo(SocketAddress128.From(IPAddress.Loopback, 1));
            HealthChecks.Begin([world.Proxy], [driver.Loop], world.Judge, new CaseExpressions(), new GlobalConfig(), "");
            driver.Until(() => world.Texts.Count > 0);
            Duration().Replace(world.Texts[0], "duration: Nms").Should().Be(CheckCase.Load("external.txt").Find(c => c.Name == name)!.Logs[0]);
        });
    }

    [GeneratedRegex(@"duration: \d+ms")]
    private static partial Regex Duration();
}
