using System.Collections.Frozen;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>A keyword that only ACLs know: a fetch with its matching method.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="Fetch">The fetch it stands for.</param>
/// <param name="Match">The method, as behind <c>-m</c>.</param>
internal sealed record AclKeyword(string Name, string Fetch, string Match);

/// <summary>The keywords that only ACLs know (configuration manual 7.3.6, "ACL derivatives").</summary>
internal static class AclKeywordTable
{
    private static readonly Lazy<FrozenDictionary<string, AclKeyword>> All = new(Read);

    /// <summary>The keyword; null where there is none of that name.</summary>
    public static AclKeyword? Find(string name) => All.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, AclKeyword> Read()
    {
        var all = new Dictionary<string, AclKeyword>(StringComparer.Ordinal);
        foreach (var line in Data.Split('\n'))
        {
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            var minus = line.IndexOf(" -m ", StringComparison.Ordinal);
            var name = line[..bar];
            all.Add(name, new AclKeyword(name, line[(bar + 1)..minus], line[(minus + 4)..]));
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private const string Data = """
        base|base -m str
        base_beg|base -m beg
        base_dir|base -m dir
        base_dom|base -m dom
        base_end|base -m end
        base_len|base -m len
        base_reg|base -m reg
        base_sub|base -m sub
        cook|req.cook -m str
        cook_beg|req.cook -m beg
        cook_dir|req.cook -m dir
        cook_dom|req.cook -m dom
        cook_end|req.cook -m end
        cook_len|req.cook -m len
        cook_reg|req.cook -m reg
        cook_sub|req.cook -m sub
        hdr|req.hdr -m str
        hdr_beg|req.hdr -m beg
        hdr_dir|req.hdr -m dir
        hdr_dom|req.hdr -m dom
        hdr_end|req.hdr -m end
        hdr_len|req.hdr -m len
        hdr_reg|req.hdr -m reg
        hdr_sub|req.hdr -m sub
        http_auth_group|http_auth_group -m str
        method|method -m str
        path|path -m str
        path_beg|path -m beg
        path_dir|path -m dir
        path_dom|path -m dom
        path_end|path -m end
        path_len|path -m len
        path_reg|path -m reg
        path_sub|path -m sub
        payload|req.payload -m bin
        payload_lv|req.payload_lv -m bin
        req.ssl_ver|req.ssl_ver -m int
        req_rdp_cookie|req.rdp_cookie -m str
        req_rdp_cookie_cnt|req.rdp_cookie_cnt -m int
        req_ssl_sni|req.ssl_sni -m str
        req_ssl_ver|req.ssl_ver -m int
        req_ver|req.ver -m str
        resp_ver|res.ver -m str
        scook|res.cook -m str
        scook_beg|res.cook -m beg
        scook_dir|res.cook -m dir
        scook_dom|res.cook -m dom
        scook_end|res.cook -m end
        scook_len|res.cook -m len
        scook_reg|res.cook -m reg
        scook_sub|res.cook -m sub
        shdr|res.hdr -m str
        shdr_beg|res.hdr -m beg
        shdr_dir|res.hdr -m dir
        shdr_dom|res.hdr -m dom
        shdr_end|res.hdr -m end
        shdr_len|res.hdr -m len
        shdr_reg|res.hdr -m reg
        shdr_sub|res.hdr -m sub
        ssl_fc_sni_end|ssl_fc_sni -m end
        ssl_fc_sni_reg|ssl_fc_sni -m reg
        url|url -m str
        url_beg|url -m beg
        url_dir|url -m dir
        url_dom|url -m dom
        url_end|url -m end
        url_len|url -m len
        url_reg|url -m reg
        url_sub|url -m sub
        urlp|urlp -m str
        urlp_beg|urlp -m beg
        urlp_dir|urlp -m dir
        urlp_dom|urlp -m dom
        urlp_end|urlp -m end
        urlp_len|urlp -m len
        urlp_reg|urlp -m reg
        urlp_sub|urlp -m sub
        """;
}
