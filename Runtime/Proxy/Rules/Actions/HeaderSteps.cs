using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules.Converters;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Sets or adds a header (<c>set-header</c>, <c>add-header</c>).</summary>
internal sealed class SetHeaderStep(byte[] name, LogFormatProgram value, bool add, bool response) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return RuleVerdict.Continue;
        }

        var mark = subject.Scratch.Mark();
        var text = value.WriteToScratch(subject);
        var done = add ? head.Add(name, text) : head.Set(name, text);
        subject.Scratch.Release(mark);
        return done ? RuleVerdict.Continue : Failed(subject);
    }
}

/// <summary>Removes headers by name, or by a match of the name (<c>del-header</c>).</summary>
internal sealed class DeleteHeaderStep(byte[] name, MatchMethod match, CompiledRegex? regex, bool response) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return RuleVerdict.Continue;
        }

        if (match == MatchMethod.Text)
        {
            head.Remove(name);
            return RuleVerdict.Continue;
        }

        for (var i = 0; i < head.FieldCount; i++)
        {
            if (!head.Field(i).Removed && Matches(head.NameOf(i)))
            {
                head.RemoveAt(i);
            }
        }

        return RuleVerdict.Continue;
    }

    // Names in the head are lower case, and so is the pattern; not so a regular expression, which minds the case.
    private bool Matches(ReadOnlySpan<byte> candidate) => match switch
    {
        MatchMethod.Begin => candidate.StartsWith(name),
        MatchMethod.End => candidate.EndsWith(name),
        MatchMethod.Substring => candidate.IndexOf(name) >= 0,
        _ => regex!.IsMatch(candidate),
    };
}

/// <summary>Replaces values by an expression: whole lines (<c>replace-header</c>) or each value of a list (<c>replace-value</c>).</summary>
internal sealed class ReplaceHeaderStep(byte[] name, CompiledRegex regex, LogFormatProgram replacement, bool values, bool response) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if ((response ? subject.Response : subject.Request) is not { } head)
        {
            return RuleVerdict.Continue;
        }

        var mark = subject.Scratch.Mark();
        var format = replacement.WriteToScratch(subject);
        var cursor = 0;
        var done = true;
        for (var index = head.Find(name, ref cursor); index >= 0 && done; index = head.Find(name, ref cursor))
        {
            done = values ? ReplaceValues(subject, head, index, format) : ReplaceLine(subject, head, index, format);
        }

        subject.Scratch.Release(mark);
        return done ? RuleVerdict.Continue : Failed(subject);
    }

    private bool ReplaceLine(RuleSubject subject, HttpHead head, int index, ReadOnlySpan<byte> format)
    {
        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        var value = head.ValueOf(index);
        var count = regex.Match(value, 0, groups);
        if (count == 0)
        {
            return true;
        }

        var room = subject.Scratch.Take(subject.Scratch.MaxLength);
        var used = 0;
        return RegexReplacement.TryExpand(format, value, groups, count, room, ref used) && head.SetValue(index, room[..used]);
    }

    // The line is built anew, value by value, since ranges die with each edit.
    private bool ReplaceValues(RuleSubject subject, HttpHead head, int index, ReadOnlySpan<byte> format)
    {
        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        var rest = head.ValueOf(index);
        var room = subject.Scratch.Take(subject.Scratch.MaxLength);
        var used = 0;
        var changed = false;
        while (true)
        {
            var comma = NextComma(rest);
            var value = rest[..comma];
            var trimmed = value.Trim(" \t"u8);
            var count = regex.Match(trimmed, 0, groups);
            if (count == 0)
            {
                if (!Append(value, room, ref used))
                {
                    return false;
                }
            }
            else
            {
                changed = true;
                // Blanks around a value that is replaced go with it, as in the original.
                if (!RegexReplacement.TryExpand(format, trimmed, groups, count, room, ref used))
                {
                    return false;
                }
            }

            if (comma == rest.Length)
            {
                break;
            }

            if (!Append(","u8, room, ref used))
            {
                return false;
            }

            rest = rest[(comma + 1)..];
        }

        return !changed || head.SetValue(index, room[..used]);
    }

    private static bool Append(ReadOnlySpan<byte> bytes, Span<byte> room, ref int used)
    {
        if (used + bytes.Length > room.Length)
        {
            return false;
        }

        bytes.CopyTo(room[used..]);
        used += bytes.Length;
        return true;
    }

    private static int NextComma(ReadOnlySpan<byte> value)
    {
        var quoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                quoted = !quoted;
            }
            else if (value[i] == '\\' && quoted)
            {
                i++;
            }
            else if (value[i] == ',' && !quoted)
            {
                return i;
            }
        }

        return value.Length;
    }
}
