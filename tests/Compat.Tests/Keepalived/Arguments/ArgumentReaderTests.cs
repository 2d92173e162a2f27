using Dropin.Compat.Keepalived.Arguments;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Arguments;

/// <summary>Command lines as keepalived 2.2.7 was seen to read them.</summary>
public sealed class ArgumentReaderTests
{
    [Theory]
    [InlineData("-Z", "Unknown option -Z")]
    [InlineData("--bogus", "Unknown option --bogus")]
    [InlineData("--all --vrr", "Unknown option --vrr")]
    [InlineData("--version=3", "Unknown option --version=3")]
    [InlineData("--release-vips=3 -t", "Unknown option --release-vips=3")]
    [InlineData("-f", "Missing parameter for option -f")]
    [InlineData("--pid", "Missing parameter for option --X")]
    [InlineData("-gx.log -t", "-g requires configure option --enable-log-file")]
    [InlineData("--log-file=x", "-g requires configure option --enable-log-file")]
    public void A_wrong_option_is_refused_with_the_original_sentence(string line, string sentence)
    {
        var read = Read(line);
        read.Errand.Should().Be(Errand.Refuse);
        read.Text.Should().Be(sentence);
    }

    [Theory]
    [InlineData("-vh", Errand.ShowVersion)]
    [InlineData("-hf", Errand.ShowUsage)]
    [InlineData("--signum=JSON -Z", Errand.ShowSignal)]
    [InlineData("-T", Errand.HashPage)]
    [InlineData("-t -f k.conf", Errand.TestConfiguration)]
    [InlineData("--config-te -f k.conf", Errand.TestConfiguration)]
    [InlineData("-nlD", Errand.Serve)]
    [InlineData("", Errand.Serve)]
    public void The_first_option_that_ends_the_program_decides(string line, Errand errand) => Read(line).Errand.Should().Be(errand);

    [Fact]
    public void Letters_stand_in_one_word_and_values_are_glued_or_behind()
    {
        var read = Read("-nlDfk.conf -p /run/x.pid --vrrp_pid=/run/y.pid --use-file z.conf");
        read.Should().BeEquivalentTo(new { Foreground = true, LogConsole = true, LogDetail = true, ConfigurationPath = "z.conf", PidPath = "/run/x.pid", VrrpPidPath = "/run/y.pid" });
    }

    [Theory]
    [InlineData("-t", null)]
    [InlineData("-tlog", "log")]
    [InlineData("-t --config-test=log2", "log2")]
    [InlineData("--config-test=", null)]
    public void The_test_writes_to_a_file_whose_name_is_glued(string line, string? path) => Read(line).TestLogPath.Should().Be(path);

    [Fact]
    public void Words_that_are_no_options_are_kept_in_order() => Read("-t foo -f k.conf bar -- -x").Words.Should().Equal("foo", "bar", "-x");

    [Theory]
    [InlineData("-S 3", 19, "")]
    [InlineData("-S local7", 23, "")]
    [InlineData("-S user", 1, "")]
    [InlineData("-S daemon", 3, "")]
    [InlineData("-S 9", 3, "Invalid log facility '9'\n")]
    [InlineData("-S kern", 3, "Invalid log facility 'kern'\n")]
    [InlineData("-S local8", 3, "Invalid log facility 'local8'\n")]
    public void The_facility_is_one_of_ten(string line, int facility, string complaint)
    {
        Read(line).LogFacility.Should().Be(facility);
        string.Concat(Read(line).Complaints).Should().Be(complaint);
    }

    [Theory]
    [InlineData("-u 0077", 0b000_111_111, "")]
    [InlineData("-u 0x1ff", 0b111_111_111, "")]
    [InlineData("-u 0", 0, "")]
    [InlineData("-u 1000", null, "Invalid --umask option 1000")]
    [InlineData("-u 77x", null, "Invalid --umask option 77x")]
    [InlineData("-u 99999999999999999999", null, "Invalid --umask option 99999999999999999999")]
    [InlineData("-u 08", null, "Invalid --umask option 08")]
    public void The_mask_is_a_number_of_nine_bits(string line, int? mask, string complaint)
    {
        Read(line).Umask.Should().Be(mask);
        string.Concat(Read(line).Complaints).Should().Be(complaint);
    }

    [Theory]
    [InlineData("-P", true, false, false)]
    [InlineData("-C", false, true, false)]
    [InlineData("-B", true, true, false)]
    [InlineData("", true, true, true)]
    public void Parts_are_left_out(string line, bool vrrp, bool checkers, bool bfd) =>
        Read(line).Should().BeEquivalentTo(new { RunsVrrp = vrrp, RunsCheckers = checkers, RunsBfd = bfd });

    private static KeepalivedArguments Read(string line) => ArgumentReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
