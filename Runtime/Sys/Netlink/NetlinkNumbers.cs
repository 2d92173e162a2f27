namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Kinds of rtnetlink(7) messages.</summary>
public enum NetlinkKind : ushort
{
    /// <summary>The kernel's answer to one request (NLMSG_ERROR); the number 0 in it is success.</summary>
    Error = 2,

    /// <summary>The end of a dump (NLMSG_DONE).</summary>
    Done = 3,

    /// <summary>Messages were lost (NLMSG_OVERRUN).</summary>
    Overrun = 4,

    /// <summary>RTM_NEWLINK</summary>
    NewLink = 16,

    /// <summary>RTM_DELLINK</summary>
    DeleteLink = 17,

    /// <summary>RTM_GETLINK</summary>
    GetLink = 18,

    /// <summary>RTM_NEWADDR</summary>
    NewAddress = 20,

    /// <summary>RTM_DELADDR</summary>
    DeleteAddress = 21,

    /// <summary>RTM_GETADDR</summary>
    GetAddress = 22,

    /// <summary>RTM_NEWROUTE</summary>
    NewRoute = 24,

    /// <summary>RTM_DELROUTE</summary>
    DeleteRoute = 25,

    /// <summary>RTM_GETROUTE</summary>
    GetRoute = 26,

    /// <summary>RTM_NEWRULE</summary>
    NewRule = 32,

    /// <summary>RTM_DELRULE</summary>
    DeleteRule = 33,

    /// <summary>RTM_GETRULE</summary>
    GetRule = 34,
}

/// <summary>Flags of requests (NLM_F_*).</summary>
[Flags]
public enum NetlinkFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is a request.</summary>
    Request = 1,

    /// <summary>Part of a dump.</summary>
    Multi = 2,

    /// <summary>An answer is wanted.</summary>
    Acknowledge = 4,

    /// <summary>The dump was disturbed by a change and must be asked for again.</summary>
    DumpInterrupted = 0x10,

    /// <summary>An existing object is replaced.</summary>
    Replace = 0x100,

    /// <summary>An existing object is an error.</summary>
    Exclusive = 0x200,

    /// <summary>A missing object is made.</summary>
    Create = 0x400,

    /// <summary>Added behind what is there.</summary>
    Append = 0x800,

    /// <summary>The whole table (NLM_F_ROOT, NLM_F_MATCH).</summary>
    Dump = 0x300,
}

/// <summary>What the kernel tells without being asked (RTNLGRP_*).</summary>
public enum NetlinkGroup
{
    /// <summary>Links.</summary>
    Link = 1,

    /// <summary>IPv4 addresses.</summary>
    Address4 = 5,

    /// <summary>IPv4 routes.</summary>
    Route4 = 7,

    /// <summary>IPv4 routing rules.</summary>
    Rule4 = 8,

    /// <summary>IPv6 addresses.</summary>
    Address6 = 9,

    /// <summary>IPv6 routes.</summary>
    Route6 = 11,

    /// <summary>IPv6 routing rules.</summary>
    Rule6 = 19,
}
