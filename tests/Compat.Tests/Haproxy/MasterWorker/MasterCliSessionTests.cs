using System.Text;
using Dropin.Compat.Haproxy;
using Dropin.Compat.Haproxy.MasterWorker;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.MasterWorker;

/// <summary>Conversations with the master's CLI; the expected bytes are those of 2.6.12 with its numbers and version replaced.</summary>
public sealed class MasterCliSessionTests : IDisposable, IMasterControl
{
    private const string Version = ProductVersion.Text + "\n\n";
    private readonly int _worker;
    private readonly List<int> _open = [];

    public MasterCliSessionTests()
    {
        DescriptorPassing.MakePair(out var master, out _worker);
        _open.AddRange([master, _worker]);
        Family = Family.FromEnvironment($"|type=w;pid=200;fd={master};timestamp=0;version=1.0|type=m;pid=100;timestamp=0", 100, 0);
    }

    public Family Family { get; }

    public long Now => 61;

    private bool Reloaded { get; set; }

    void IMasterControl.AskReload() => Reloaded = true;

    [Theory]
    [InlineData("prompt\n", "master> ")]
    [InlineData("prompt\nprompt\n", "master> ")]
    [InlineData("prompt\nquit\n", "master> master> ")]
    [InlineData("quit\n", "")]
    [InlineData("prompt\n@1\nquit\n", "master> 200> 200> ")]
    [InlineData("prompt\n@1\n@master\n", "master> 200> master> ")]
    [InlineData("show version\nshow version\n", Version + Version)]
    [InlineData("show version;show version\n", Version + Version)]
    [InlineData("prompt\nshow version;show version\n", "master> " + Version + "master> " + Version + "master> ")]
    [InlineData("prompt\n@9\nshow version\n", "master> Can't find the target PID matching the prefix '@9'\n")]
    [InlineData("@x show proc\n", "Can't find the target PID matching the prefix '@x'\n")]
    [InlineData("@!100 show proc\n", "Can't find the target PID matching the prefix '@!100'\n")]
    [InlineData("prompt\nexpert-mode on\nexperimental-mode on\nmcli-debug-mode on\n@1\nexpert-mode off\n",
        "master> master(e)> master(xe)> master(xed)> 200(xed)> 200(xd)> ")]
    [InlineData("prompt\noperator\nshow cli level\nuser\nshow cli level\nreload\n",
        "master> master> operator\n\nmaster> master> user\n\nmaster> Permission denied\n\nmaster> ")]
    [InlineData("prompt\nuser\noperator\n", "master> master> Permission denied!\n")]
    [InlineData(" show version\n", Version)]
    [InlineData("show version", "")]
    [InlineData("@\n", "")]
    [InlineData("show cli sockets\n", "\n")]
    [InlineData("show proc x\n",
        "#<PID>          <type>          <reloads>       <uptime>        <version>      \n"
        + "100             master          0 [failed: 0]   0d00h01m01s     " + ProductVersion.Text + "\n"
        + "# workers\n200             worker          0               0d00h01m01s     1.0            \n# programs\n\n")]
    public void The_master_answers_as_the_original(string input, string expected)
        => Converse(input, CliLevel.Admin).Should().Be(expected);

    [Theory]
    [InlineData("@1 show info\n", CliLevel.Admin, "show info\n")]
    [InlineData("@!200 show info\n", CliLevel.Admin, "show info\n")]
    [InlineData("@1\nshow info\n", CliLevel.Admin, "show info\n")]
    [InlineData("@1; show info\n", CliLevel.Admin, " show info\n")]
    [InlineData("@1 show info\n", CliLevel.Operator, "operator -\r\nshow info\n")]
    [InlineData("@1 show info\n", CliLevel.User, "user -\r\nshow info\n")]
    [InlineData("expert-mode on; @1 show info\n", CliLevel.Admin, "expert-mode on -\r\nshow info\n")]
    [InlineData("@1 set map x <<\na b\nc d\n\n", CliLevel.Admin, "set map x <<\na b\nc d\n\n")]
    public void A_worker_gets_what_the_original_would_send_it(string input, CliLevel level, string expected)
    {
        var received = "";
        Converse(input, level, text =>
        {
            received = text;
            return "answer\n\n";
        }).Should().Be("answer\n\n");
        received.Should().Be(expected);
    }

    [Fact]
    public void A_reload_is_asked_for_once_and_ends_the_session()
    {
        Converse("reload\nshow version\n", CliLevel.Operator).Should().Be("");
        Reloaded.Should().BeTrue();
    }

    [Fact]
    public void A_failed_reload_shows_in_the_prompt()
    {
        Family.CountFailedReload();
        Converse("prompt\n", CliLevel.Admin).Should().Be("master[ReloadFailed]> ");
    }

    [Fact]
    public void An_unknown_command_is_answered_with_what_is_known()
        => Converse("foo\n", CliLevel.Admin).Should().Be(
            """
            Unknown command, but maybe one of the following ones is a better match:
              @!<pid>                                 : send a command to the <pid> process
              @master                                 : send a command to the master process
              operator                                : lower the level of the current CLI session to operator
              reload                                  : reload haproxy
              user                                    : lower the level of the current CLI session to user
              help [<command>]                        : list matching or all commands
              prompt                                  : toggle interactive mode with prompt
              quit                                    : disconnect


            """);

    [Fact]
    public void Help_about_a_word_lists_what_begins_with_it()
        => Converse("help prompt\n", CliLevel.Admin).Should().Be(
            """
            The following commands are valid at this level:
              help [<command>]                        : list matching or all commands
              prompt                                  : toggle interactive mode with prompt
              quit                                    : disconnect


            """);

    public void Dispose()
    {
        foreach (var descriptor in _open)
            Descriptors.Close(descriptor);
    }

    /// <summary>Says all, ends our direction, and drives the session until it is over.</summary>
    private string Converse(string input, CliLevel level, Func<string, string>? answer = null)
    {
        DescriptorPassing.MakePair(out var client, out var server);
        Descriptors.SetNonBlocking(server, true);
        Descriptors.WriteAll(client, Encoding.UTF8.GetBytes(input));
        RawSocket.ShutdownWrite(client);
        var session = new MasterCliSession(server, level, this);
        // A child that another test starts right now has the descriptors until it is executed: an end may come a moment late.
        SpinWait.SpinUntil(() =>
        {
            if (session.Worker >= 0)
                AnswerAsWorker(answer);
            session.Advance(clientReadable: true, workerReadable: session.Worker >= 0);
            return session.IsOver;
        }, TimeSpan.FromSeconds(10)).Should().BeTrue("the session ends");
        session.Close();
        var text = new StringBuilder();
        var bytes = new byte[4096];
        for (int count; (count = Descriptors.Read(client, bytes, out _)) > 0;)
            text.Append(Encoding.UTF8.GetString(bytes, 0, count));
        Descriptors.Close(client);
        return text.ToString();
    }

    private void AnswerAsWorker(Func<string, string>? answer)
    {
        PollEntry[] entries = [new PollEntry { Descriptor = _worker, Wanted = PollEntry.In }];
        if (answer == null || Polling.Wait(entries, 0) == 0)
            return;
        var connection = SocketPairs.Accept(_worker, out _);
        var bytes = new byte[4096];
        var count = Descriptors.Read(connection, bytes, out _);
        Descriptors.WriteAll(connection, Encoding.UTF8.GetBytes(answer(Encoding.UTF8.GetString(bytes, 0, count))));
        Descriptors.Close(connection);
    }
}
