using Dropin.Runtime.Protocols.AgentX;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Snmp;

public sealed class MibViewTests
{
    private readonly SmallMib _mib = new();

    public MibViewTests() => _mib.View.Renew(0);

    [Fact]
    public void A_walk_meets_every_name_once_and_in_order()
    {
        var walked = new List<ObjectId>();
        for (var bind = _mib.View.Next(SmallMib.Root, false, default); bind.Value.Type != SnmpType.EndOfMibView; bind = _mib.View.Next(bind.Name, false, default))
            walked.Add(bind.Name);
        walked.Should().Equal(_mib.AllNames());
    }

    [Fact]
    public void The_next_of_any_name_is_that_of_the_list()
    {
        var names = _mib.AllNames();
        var starts = names.Concat(names.Select(name => name.With(0))).Concat(names.Select(name => new ObjectId([.. name.Numbers[..^1]]))).Concat(names.Select(name => new ObjectId([.. name.Numbers[..^1], name.Numbers[^1] + 1])));
        foreach (var start in starts)
        {
            foreach (var included in (bool[])[false, true])
            {
                var expected = names.FirstOrDefault(name => included ? name >= start : name > start);
                var found = _mib.View.Next(start, included, default);
                if (expected == default) found.Should().Be(new VarBind(start, SnmpValue.Of(SnmpType.EndOfMibView)));
                else found.Name.Should().Be(expected, $"{start} {included}");
            }
        }
    }

    [Fact]
    public void Nothing_at_or_behind_the_end_of_a_range_is_found()
    {
        var names = _mib.AllNames();
        for (var i = 1; i < names.Count; i++)
        {
            _mib.View.Next(names[i - 1], false, names[i]).Value.Type.Should().Be(SnmpType.EndOfMibView);
            _mib.View.Next(names[i - 1], false, names[i].With(0)).Name.Should().Be(names[i]);
        }
    }

    [Fact]
    public void What_is_missing_is_told_apart()
    {
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 3)).Should().Be(SnmpValue.Gauge(3));
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 9)).Type.Should().Be(SnmpType.NoSuchInstance);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 5, 2)).Type.Should().Be(SnmpType.NoSuchInstance);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2)).Type.Should().Be(SnmpType.NoSuchInstance);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 1, 3)).Type.Should().Be(SnmpType.NoSuchObject);
        _mib.View.Get(SmallMib.Root.With(1, 1)).Type.Should().Be(SnmpType.NoSuchInstance);
        _mib.View.Get(default).Type.Should().Be(SnmpType.NoSuchObject);
    }

    [Fact]
    public void Rows_are_found_anew_after_a_while_and_when_told()
    {
        _mib.Rows.Add([4]);
        _mib.View.Renew(100);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 4)).Type.Should().Be(SnmpType.Gauge32, "nobody had asked for the table before");
        _mib.Rows.Add([5]);
        _mib.View.Renew(150);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 5)).Type.Should().Be(SnmpType.NoSuchInstance);
        _mib.View.Renew(250);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 5)).Type.Should().Be(SnmpType.Gauge32);
        _mib.Rows.Add([6]);
        _mib.View.Forget();
        _mib.View.Renew(251);
        _mib.View.Get(SmallMib.Root.With(2, 3, 1, 2, 6)).Type.Should().Be(SnmpType.Gauge32);
    }
}
