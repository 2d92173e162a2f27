using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Names and places as keepalived 2.2.7 was seen to give them.</summary>
public sealed class VirtualMacNamesTests
{
    private static readonly AddressConfig s_own = At("10.9.0.1"), s_named = At("10.9.0.2") with { Interface = "eth0" },
        s_other = At("10.9.0.3") with { Interface = "eth1" }, s_vmac = At("10.9.0.4") with { Interface = "eth1", VirtualMac = new VirtualMacConfig() };

    [Fact]
    public void The_first_one_gets_the_plain_name_whatever_its_family()
    {
        var names = new VirtualMacNames(Config(Router("a", AddressFamily.InterNetworkV6), Router("b"), Router("c")));

        (names.OfInstance("a"), names.OfInstance("b"), names.OfInstance("c")).Should().Be(("vrrp.71", "vrrp1.71", "vrrp2.71"));
    }

    [Fact]
    public void A_second_one_of_IPv6_says_so()
    {
        var names = new VirtualMacNames(Config(Router("a"), Router("b", AddressFamily.InterNetworkV6)));

        (names.OfInstance("a"), names.OfInstance("b")).Should().Be(("vrrp.71", "vrrp6.71"));
    }

    [Fact]
    public void Names_of_the_operator_are_kept_and_not_given_twice()
    {
        var named = Router("b") with { VirtualMac = new VirtualMacConfig { Name = "vrrp.71" } };
        var config = Config(Router("a"), named);
        var names = new VirtualMacNames(config);

        (names.OfInstance("a"), names.OfInstance("b")).Should().Be(("vrrp1.71", "vrrp.71"));
        names.Fill(config).Instances[0].VirtualMac!.Name.Should().Be("vrrp1.71");
    }

    [Fact]
    public void An_address_stands_on_the_VMAC_of_its_interface_where_it_has_one()
    {
        var router = Router("a") with { Addresses = [s_own, s_named, s_other, s_vmac] };
        var names = new VirtualMacNames(Config(router));

        router.Addresses.Select(address => names.PlaceOf(router, address)).Should().Equal("vrrp.71", "vrrp.71", "eth1", "vrrp1.71");
    }

    [Fact]
    public void All_other_interfaces_get_a_VMAC_where_the_router_asks_for_it()
    {
        var router = Router("a") with { VirtualMac = new VirtualMacConfig { ForAddresses = true }, Addresses = [s_own, s_other] };
        var names = new VirtualMacNames(Config(router));

        router.Addresses.Select(address => names.PlaceOf(router, address)).Should().Equal("vrrp.71", "vrrp1.71");
    }

    [Fact]
    public void Names_begin_as_the_operator_wants_them_to()
    {
        var router = Router("a") with { Addresses = [s_own, s_vmac] };
        var config = Config(router) with { Global = new GlobalConfig { VirtualMacPrefix = "own", AddressMacPrefix = "addr" } };

        Places(config).Should().Equal("own.71", "addr.71");
        Places(config with { Global = config.Global with { AddressMacPrefix = null } }).Should().Equal("own.71", "own1.71");

        IEnumerable<string> Places(KeepalivedConfig of) => router.Addresses.Select(address => new VirtualMacNames(of).PlaceOf(router, address));
    }

    [Fact]
    public void An_address_of_the_other_family_stands_on_the_interface_below()
    {
        var router = Router("a") with { Addresses = [s_own], ExcludedAddresses = [At("fd09::1")] };
        var asking = router with { VirtualMac = new VirtualMacConfig { ForAddresses = true } };

        new VirtualMacNames(Config(router)).PlaceOf(router, router.ExcludedAddresses[0]).Should().Be("eth0");
        new VirtualMacNames(Config(asking)).PlaceOf(asking, asking.ExcludedAddresses[0]).Should().Be("vrrp6.71");
    }

    private static AddressConfig At(string address) => new() { Address = IPAddress.Parse(address), PrefixLength = 32 };

    private static InstanceConfig Router(string name, AddressFamily family = AddressFamily.InterNetwork) =>
        new() { Name = name, Interface = "eth0", RouterId = 71, Family = family, VirtualMac = new VirtualMacConfig() };

    private static KeepalivedConfig Config(params InstanceConfig[] routers) => new() { Global = new GlobalConfig(), Instances = [.. routers] };
}
