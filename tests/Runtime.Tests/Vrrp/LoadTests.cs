using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Many routers, many adverts.</summary>
public sealed class LoadTests
{
    [Fact]
    public void A_hundred_instances_send_each_second_and_none_is_late()
    {
        var router = new Router([.. Enumerable.Range(1, 100).Select(i => Instance("V" + i, i, 50 + i, $"10.9.1.{i}"))]).Start();
        router.Wait(10);
        router.Core.Channels.Should().ContainSingle();
        router.Take();
        router.Wait(60);
        var adverts = router.Effects.OfType<SendAdvert>().GroupBy(a => a.Instance.Name).ToList();
        adverts.Should().HaveCount(100).And.OnlyContain(g => g.Count() == 60);
        router.Effects.Should().OnlyContain(e => e is SendAdvert);
    }

    [Fact]
    public void A_hundred_instances_hear_each_their_own_master()
    {
        var router = new Router([.. Enumerable.Range(1, 100).Select(i => Instance("V" + i, i, 50, $"10.9.1.{i}"))]).Start();
        for (var round = 0; round < 10; round++)
        {
            foreach (var instance in router.Core.Instances.Where(i => i.Config.RouterId % 2 == 0)) router.Hear(200, "10.9.0.2", instance);
            router.Wait(1);
        }
        router.Core.Instances.Should().OnlyContain(i => i.State == (i.Config.RouterId % 2 == 0 ? VrrpState.Backup : VrrpState.Master));
    }

    [Fact]
    public void A_backup_that_hears_its_master_allocates_nothing()
    {
        foreach (var config in new[] { Instance(), Instance() with { Version = 3 } })
        {
            var router = new Router(config).Start();
            var advert = new Advert().For(config, 200, A("10.9.0.2"));
            for (var i = 0; i < 10; i++) router.Receive(advert);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) router.Core.Receive(router.Now, router.Only.Channel, default, advert);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
            router.Only.State.Should().Be(VrrpState.Backup);
        }
    }
}
