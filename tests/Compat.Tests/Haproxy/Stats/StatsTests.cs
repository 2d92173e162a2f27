using System.Text;
using Dropin.Compat.Haproxy.Stats;
using Dropin.Compat.Tests.Haproxy.Cli;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Stats;

public sealed class StatsTests
{
    /// <summary>The header of 2.6.12's CSV (management manual 9.1).</summary>
    private const string Header =
        "# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,"
        + "qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,"
        + "hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,"
        + "rtime,ttime,agent_status,agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,"
        + "cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,"
        + "rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,need_conn_est,uweight,agg_server_status,agg_server_check_status,agg_check_status,-,"
        + "ssl_sess,ssl_reused_sess,ssl_failed_handshake,h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,h2_goaway_rcvd,"
        + "h2_detected_conn_protocol_errors,h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,h2_open_connections,h2_backend_open_streams,"
        + "h2_total_connections,h2_backend_total_streams,h1_open_connections,h1_open_streams,h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,"
        + "h1_spliced_bytes_in,h1_spliced_bytes_out,\n";

    [Fact]
    public void The_header_names_the_fields_of_the_original_in_its_order()
    {
        var into = new StringBuilder();
        StatCsv.Header(into);
        into.ToString().Should().Be(Header);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "<span class=\"rls\">1</span>000")]
    [InlineData(12345, "1<span class=\"rls\">2</span>345")]
    [InlineData(1234567, "<span class=\"rls\">1</span>23<span class=\"rls\">4</span>567")]
    public void Numbers_are_grouped(long number, string expected) => HtmlText.Number(number).Should().Be(expected);

    [Theory]
    [InlineData(-1, "?")]
    [InlineData(5, "5s")]
    [InlineData(65, "1m5s")]
    [InlineData(3700, "1h1m")]
    [InlineData(90000, "1d1h")]
    public void Spans_show_two_units(long seconds, string expected) => HtmlText.Age(seconds).Should().Be(expected);

    [Theory]
    [InlineData("", StatsView.Html, false, false, StatsOutcome.None, "")]
    [InlineData(";csv;norefresh", StatsView.Csv, false, true, StatsOutcome.None, "")]
    [InlineData(";up;st=DONE?scope=be", StatsView.Html, true, false, StatsOutcome.Done, "be")]
    [InlineData(";json-schema", StatsView.Schema, false, false, StatsOutcome.None, "")]
    [InlineData(";st=ERRP", StatsView.Html, false, false, StatsOutcome.Invalid, "")]
    [InlineData("?scope=<script>", StatsView.Html, false, false, StatsOutcome.None, "")]
    internal void A_uri_says_what_is_wanted(string rest, StatsView view, bool up, bool still, StatsOutcome outcome, string scope)
    {
        var request = StatsRequest.Of(Encoding.ASCII.GetBytes("/stats" + rest), 6);
        (request.View, request.HideDown, request.NoRefresh, request.Outcome, request.Scope).Should().Be((view, up, still, outcome, scope));
    }

    // The outcomes are those of 2.6.12 for the same forms.
    [Theory]
    [InlineData("s=s1&action=maint&b=be", StatsOutcome.Done)]
    [InlineData("s=s1&s=s2&action=drain&b=%234", StatsOutcome.Done)]
    [InlineData("s=s1&action=ready&b=#4", StatsOutcome.Done)]
    [InlineData("s=sX&action=ready&b=be", StatsOutcome.Invalid)]
    [InlineData("s=s1&action=foo&b=be", StatsOutcome.Invalid)]
    [InlineData("s=s1&action=ready&b=nope", StatsOutcome.Invalid)]
    [InlineData("action=ready&b=be", StatsOutcome.Unchanged)]
    [InlineData("s=s1&s=s2&s=sX&action=ready&b=be", StatsOutcome.Partial)]
    [InlineData("s=s3&action=dhlth&b=be", StatsOutcome.Unchanged)]
    [InlineData("s=s1&action=dhlth&b=be", StatsOutcome.Done)]
    [InlineData("s=s1&action=hdown&b=be", StatsOutcome.Done)]
    [InlineData("s=s1&action=arunn&b=be", StatsOutcome.Unchanged)]
    [InlineData("s=s1&action=enable&b=be", StatsOutcome.Unchanged)]
    [InlineData("garbage", StatsOutcome.Unchanged)]
    [InlineData("", StatsOutcome.Unchanged)]
    internal void A_form_changes_the_checked_servers(string body, StatsOutcome expected)
    {
        using var engine = new CliConversation(Repository.PathOf("fixtures/haproxy/cli/orders.cfg"));
        StatsForm.Submit(Encoding.ASCII.GetBytes(body), engine.Context, 1_000_000).Should().Be(expected);
    }

    [Fact]
    public void Maintenance_by_form_shows_in_the_statistics()
    {
        using var engine = new CliConversation(Repository.PathOf("fixtures/haproxy/cli/orders.cfg"));
        StatsForm.Submit("s=s1&action=maint&b=be"u8, engine.Context, 1_000_000);
        engine.Context.FindBackend("be")!.Servers[0].IsInMaintenance.Should().BeTrue();
        engine.Say("show stat be 4 1\n").Should().StartWith(Header).And.Contain("be,s1,0,0,0,0,50,0,0,0,,0,,0,0,0,0,MAINT,10,1,0,");
    }
}
