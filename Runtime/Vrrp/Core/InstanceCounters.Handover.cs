using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Counts go on in the next execution of the program.</summary>
public sealed partial class InstanceCounters
{
    internal void Save(StateWriter to)
    {
        var field = 0;
        foreach (var count in (ReadOnlySpan<ulong>)[AdvertsReceived, AdvertsSent, BecameMaster, ReleasedMaster, LengthErrors, TtlErrors, InvalidTypes, IntervalErrors,
            AddressListErrors, InvalidAuthenticationTypes, AuthenticationMismatches, AuthenticationFailures, PriorityZeroReceived, PriorityZeroSent,
            ChecksumErrors, VersionErrors, OtherErrors])
            to.Put(++field, (long)count);
    }

    internal void Restore(StateRecord from)
    {
        var field = 0;
        AdvertsReceived = Next();
        AdvertsSent = (uint)Next();
        BecameMaster = (uint)Next();
        ReleasedMaster = (uint)Next();
        LengthErrors = Next();
        TtlErrors = Next();
        InvalidTypes = Next();
        IntervalErrors = Next();
        AddressListErrors = Next();
        InvalidAuthenticationTypes = (uint)Next();
        AuthenticationMismatches = (uint)Next();
        AuthenticationFailures = (uint)Next();
        PriorityZeroReceived = Next();
        PriorityZeroSent = Next();
        ChecksumErrors = Next();
        VersionErrors = Next();
        OtherErrors = Next();

        ulong Next() => (ulong)from.Number(++field);
    }
}
