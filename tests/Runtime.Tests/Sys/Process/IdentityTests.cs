using Dropin.Runtime.Sys.Process;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Process;

public sealed class IdentityTests
{
    [Fact]
    public void Root_has_the_number_zero_in_both_data_bases()
    {
        Identity.TryFindUser("root", out var user, out var group).Should().BeTrue();
        (user, group).Should().Be((0u, 0u));
        Identity.TryFindGroup("root", out var root).Should().BeTrue();
        root.Should().Be(0u);
    }

    [Fact]
    public void A_name_that_nobody_has_is_not_found()
    {
        Identity.TryFindUser("nobody-has-this-name", out _, out _).Should().BeFalse();
        Identity.TryFindGroup("nobody-has-this-name", out _).Should().BeFalse();
    }

    [Fact]
    public void The_descriptor_limit_can_be_read_and_set_to_itself()
    {
        Limits.Get(Limits.Resource.Descriptors, out var soft, out var hard).IsNone.Should().BeTrue();
        soft.Should().BeInRange(16, hard);
        Limits.Set(Limits.Resource.Descriptors, soft, hard).IsNone.Should().BeTrue();
    }

    [Fact]
    public void Some_processor_may_run_this_thread() => CpuAffinity.Count().Should().BeInRange(1, 1024);
}
