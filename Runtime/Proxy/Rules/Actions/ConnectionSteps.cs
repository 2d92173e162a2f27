using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Replaces an address or a port (<c>set-src</c> …).</summary>
internal sealed class SetAddressStep(AddressPart part, SampleProgram value) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        var sample = default(Sample);
        var source = part is AddressPart.Source or AddressPart.SourcePort;
        var port = part is AddressPart.SourcePort or AddressPart.DestinationPort;
        if (value.TryGet(subject, ref sample) && SampleCasts.TryCast(subject, ref sample, port ? SampleType.Integer : SampleType.Address))
        {
            var address = source ? subject.Source : subject.Destination;
            if (port)
            {
                // Without an address there is nothing that a port could belong to.
                if (address.AddressBytes.IsEmpty)
                {
                    address = SocketAddress128.From([0, 0, 0, 0], 0);
                }

                address.SetPort((int)sample.Number & 0xffff);
            }
            else
            {
                address = SocketAddress128.From(sample.Bytes, address.Port);
            }

            if (source)
            {
                subject.SetSource(address);
            }
            else
            {
                subject.SetDestination(address);
            }
        }

        subject.Scratch.Release(mark);
        return RuleVerdict.Continue;
    }
}

/// <summary>Sets the place in the queue (<c>set-priority-class</c>, <c>set-priority-offset</c>).</summary>
internal sealed class SetPriorityStep(SampleProgram value, bool offset) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        if (value.TryGetInteger(subject, out var number))
        {
            if (offset)
            {
                subject.PriorityOffset = (int)Math.Clamp(number, -524287, 524287);
            }
            else
            {
                subject.PriorityClass = (int)Math.Clamp(number, -2047, 2047);
            }
        }

        subject.Scratch.Release(mark);
        return RuleVerdict.Continue;
    }
}

/// <summary>Replaces a time-out of the server's side (<c>set-timeout</c>).</summary>
internal sealed class SetTimeoutStep(bool tunnel, int milliseconds, SampleProgram? value) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        long time = milliseconds;
        if (value is not null)
        {
            var mark = subject.Scratch.Mark();
            var has = value.TryGetInteger(subject, out time);
            subject.Scratch.Release(mark);
            if (!has || time <= 0)
            {
                return RuleVerdict.Continue;
            }
        }

        time = Math.Min(time, int.MaxValue);
        if (tunnel)
        {
            subject.TunnelTimeout = (int)time;
        }
        else
        {
            subject.ServerTimeout = (int)time;
        }

        return RuleVerdict.Continue;
    }
}

/// <summary>Waits for the body (<c>wait-for-body</c>).</summary>
internal sealed class WaitForBodyStep(int milliseconds, long atLeast) : RuleStep
{
    // The engine says with IsBufferFinal that the time is over or the buffer full.
    public override RuleVerdict Execute(RuleSubject subject) =>
        subject.IsRequestBodyComplete || (atLeast > 0 && subject.RequestBody.Length >= atLeast) || subject.IsBodyWaitOver
            ? RuleVerdict.Continue
            : new RuleVerdict(RuleOutcome.WaitBody, milliseconds, atLeast);
}
