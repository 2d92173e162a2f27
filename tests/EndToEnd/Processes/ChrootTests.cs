using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Processes;

/// <summary>In an empty directory there are no libraries: whatever a rule needs must have been opened before.</summary>
public sealed class ChrootTests
{
    /// <summary>Each with the original and ours; the answer must come from the rule.</summary>
    public static TheoryData<string, string> Rules
    {
        get
        {
            var rules = new TheoryData<string, string>();
            string[] all =
            [
                "http-request return status 200 if { path,sha2(256),hex -m len 64 }",
                "http-request return status 200 if { path,sha1,hex -m len 40 }",
                "http-request return status 200 if { path,digest(md5),hex -m len 32 }",
                "http-request return status 200 if { path,hmac(sha512,a2V5),hex -m len 128 }",
                """
                http-request set-var(txn.n) str(MDEyMzQ1Njc4OWFi)
                    http-request set-var(txn.t) str(dGhlIHRhZyBpcyAxNiBiLg==)
                    http-request set-var(txn.p) path,aes_gcm_dec(128,txn.n,dGhlIGtleSBpcyAxNiBiLg==,txn.t)
                    http-request return status 200 if !{ var(txn.p) -m found }
                """,
                "http-request return status 200 if { path_reg ^/+$ }",
                """
                http-request return status 200 if !{ http_auth(people) }
                userlist people
                    user one password $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5
                """,
                "http-request return status 200 if { uuid -m len 36 }",
                "http-request return status 200 if { date,ltime(%Y) -m len 4 }",
            ];
            foreach (var rule in all)
            {
                rules.Add("original", rule);
                rules.Add("ours", rule);
            }

            return rules;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_works_in_the_chroot(string who, string rule)
    {
        Skip.If(Environment.UserName != "root", "only root may leave for a chroot");
        using var test = new ProcessCase(who);
        var empty = Directory.CreateDirectory(test.FileNamed("empty")).FullName;
        test.Configure("chroot " + empty, rule);
        using var process = await test.StartAsync(["-db", "-f", "a.cfg"]);
        for (var i = 0; i < 2; i++)
        {
            (await test.AskAsync()).Should().Be("HTTP/1.1 200 OK");
        }

        process.HasExited.Should().BeFalse();
    }
}
