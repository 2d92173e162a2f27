using Dropin.Runtime.Protocols.AgentX;

namespace Dropin.Runtime.Snmp;

/// <summary>What the master asks and answers.</summary>
public sealed partial class AgentxSession
{
    private const int MostAnswerBytes = 32 * 1024; // of GetBulk: the master asks on
    private readonly Dictionary<uint, MibSubtree> _registering = [];
    private readonly Dictionary<uint, List<(Action Set, Action Undo)>> _sets = [];

    /// <summary>One message of the master came.</summary>
    /// <param name="now">The time, milliseconds.</param>
    /// <param name="header">Its header.</param>
    /// <param name="payload">What stands behind the header.</param>
    /// <returns>False where the connection is to be closed.</returns>
    public bool Receive(long now, in AgentxHeader header, ReadOnlySpan<byte> payload)
    {
        view.Renew(now);
        var reader = new AgentxReader(header, payload);
        if (header.Type == AgentxType.Response)
        {
            return Answered(now, header, ref reader);
        }

        if (header.Type == AgentxType.Close || Phase != AgentxPhase.Open || header.Session != _session)
        {
            return false;
        }

        if (_outgoing.Written.Length > MostWaitingBytes)
        {
            return false; // it asks and does not read
        }

        var isUsual = reader.SkipContext(header);
        switch (header.Type)
        {
            case AgentxType.Get or AgentxType.GetNext or AgentxType.GetBulk:
                AnswerQuestion(header, ref reader, isUsual);
                break;
            case AgentxType.TestSet:
                TestSet(header, ref reader, isUsual);
                break;
            case AgentxType.CommitSet or AgentxType.UndoSet:
                Answer(header, Carry(header));
                break;
            case AgentxType.CleanupSet:
                _sets.Remove(header.Transaction); // RFC 2741 7.2.4.4: no answer
                break;
            default:
                Answer(header, AgentxError.ParseError);
                break;
        }

        return true;
    }

    private bool Answered(long now, in AgentxHeader header, ref AgentxReader reader)
    {
        _ = reader.Number();
        var error = reader.Short();
        if (reader.IsDamaged)
        {
            return false;
        }

        if (Phase == AgentxPhase.Opening)
        {
            if (header.Packet != _openPacket)
            {
                return true;
            }

            if (error != 0)
            {
                return false;
            }

            (_session, Phase, _answerBy) = (header.Session, AgentxPhase.Open, long.MaxValue);
            foreach (var subtree in subtrees)
            {
                Register(subtree);
            }

            foreach (var (trap, binds) in _early)
            {
                _ = Notify(trap, binds);
            }

            _early.Clear();
        }
        else if (header.Packet == _pingPacket)
        {
            _answerBy = long.MaxValue;
            if (error != 0)
            {
                return false;
            }
        }
        else if (_registering.Remove(header.Packet, out var subtree) && error != 0)
        {
            Refused?.Invoke(subtree, error);
        }
        else if (error == (ushort)AgentxError.NotOpen)
        {
            return false;
        }

        if (_answerBy == long.MaxValue)
        {
            _pingAt = now + PingMilliseconds;
        }

        return true;
    }

    private void AnswerQuestion(in AgentxHeader header, ref AgentxReader reader, bool isUsual)
    {
        var (alone, repetitions) = header.Type == AgentxType.GetBulk ? (reader.Short(), reader.Short()) : (ushort.MaxValue, (ushort)0);
        var ranges = new List<(ObjectId Start, bool IsIncluded, ObjectId End)>();
        while (!reader.IsAtEnd)
        {
            var start = reader.Name(out var isIncluded);
            ranges.Add((start, isIncluded, reader.Name(out _)));
        }

        if (reader.IsDamaged)
        {
            Answer(header, AgentxError.ParseError);
            return;
        }

        BeginAnswer(header, AgentxError.None, 0);
        for (var i = 0; i < ranges.Count && i < alone; i++)
        {
            var (start, isIncluded, end) = ranges[i];
            _outgoing.Bind(!isUsual ? new VarBind(start, SnmpValue.Of(header.Type == AgentxType.Get ? SnmpType.NoSuchObject : SnmpType.EndOfMibView))
                : header.Type == AgentxType.Get ? new VarBind(start, view.Get(start)) : view.Next(start, isIncluded, end));
        }

        if (header.Type == AgentxType.GetBulk)
        {
            Repeat(ranges, alone, repetitions, isUsual);
        }

        _outgoing.End();
    }

    // RFC 3416 4.2.3: rows of next names, until all are at their end or the answer is long enough.
    private void Repeat(List<(ObjectId Start, bool IsIncluded, ObjectId End)> ranges, int from, int repetitions, bool isUsual)
    {
        for (var turn = 0; turn < repetitions && _outgoing.MessageBytes < MostAnswerBytes; turn++)
        {
            var anyLeft = false;
            for (var i = from; i < ranges.Count; i++)
            {
                var (start, isIncluded, end) = ranges[i];
                var bind = isUsual ? view.Next(start, isIncluded, end) : new VarBind(start, SnmpValue.Of(SnmpType.EndOfMibView));
                _outgoing.Bind(bind);
                anyLeft |= bind.Value.Type != SnmpType.EndOfMibView;
                ranges[i] = (bind.Name, false, end);
            }

            if (!anyLeft)
            {
                return;
            }
        }
    }

    private void TestSet(in AgentxHeader header, ref AgentxReader reader, bool isUsual)
    {
        var set = new List<(Action Set, Action Undo)>();
        for (ushort index = 1; !reader.IsAtEnd; index++)
        {
            var bind = reader.Bind();
            if (reader.IsDamaged)
            {
                break;
            }

            var error = view.Test(bind, out var change, out var undo);
            if (!isUsual)
            {
                error = AgentxError.NotWritable;
            }

            if (error != AgentxError.None)
            {
                Answer(header, error, index);
                return;
            }

            set.Add((change, undo));
        }

        if (reader.IsDamaged)
        {
            Answer(header, AgentxError.ParseError);
            return;
        }

        _sets.Clear(); // the master does one set at a time; one that it forgot is forgotten here too
        _sets[header.Transaction] = set;
        Answer(header, AgentxError.None);
    }

    private AgentxError Carry(in AgentxHeader header)
    {
        if (!_sets.TryGetValue(header.Transaction, out var set))
        {
            return header.Type == AgentxType.CommitSet ? AgentxError.CommitFailed : AgentxError.UndoFailed;
        }

        foreach (var (change, undo) in set)
        {
            (header.Type == AgentxType.CommitSet ? change : undo)();
        }

        return AgentxError.None;
    }

    private void Answer(in AgentxHeader header, AgentxError error, ushort index = 0)
    {
        BeginAnswer(header, error, index);
        _outgoing.End();
    }

    private void BeginAnswer(in AgentxHeader header, AgentxError error, ushort index)
    {
        _outgoing.Begin(AgentxType.Response, header.Session, header.Transaction, header.Packet);
        _outgoing.Number(0); // sysUpTime: the master's matter
        _outgoing.Short((ushort)error);
        _outgoing.Short(index);
    }
}
