namespace Dropin.Compat.Haproxy.Stats;

/// <summary>The look of the page: the colours by which operators tell states.</summary>
internal static class StyleSheet
{
    internal const string Css = """
        body{font:12px arial,helvetica,sans-serif;color:black;background:white}
        th,td{font-size:10px}
        h1{font-size:x-large;margin-bottom:.5em}
        h2{font:italic bold x-large helvetica,arial;color:#6020a0;margin:0}
        h3{font:bold 16px helvetica,arial;color:#b00040;background:#e8e8d0;margin:0}
        li{margin-top:.25em;margin-right:2em}
        .hr{margin-top:.25em;border-color:black;border-bottom-style:solid}
        .titre{background:#20d0d0;color:#000;font-weight:bold;text-align:center}
        .frontend,.backend{background:#e8e8d0}
        .socket{background:#d0d0d0}
        .active_down,.backup_down{background:#ff9090}
        .active_going_up{background:#ffd020}
        .active_going_down{background:#ffffa0}
        .active_up{background:#c0ffc0}
        .active_nolb,.active_draining{background:#20a0ff}
        .active_no_check,.backup_no_check{background:#e0e0e0}
        .backup_going_up{background:#ff80ff}
        .backup_going_down{background:#c060ff}
        .backup_up{background:#b0d0ff}
        .backup_nolb{background:#90b0e0}
        .backup_draining{background:#cc9900}
        .maintain{background:#c07820}
        .rls{letter-spacing:.2em;margin-right:1px}
        a.px,a.lfsb{text-decoration:none}
        a.px:link,a.px:visited{color:#ffff40}
        a.px:hover{color:#fff}
        a.lfsb:link,a.lfsb:visited{color:#000}
        a.lfsb:hover{color:#505050}
        table.tbl{border-collapse:collapse;border-style:none}
        table.tbl td,table.tbl th{border:1px solid gray}
        table.tbl td{text-align:right;padding:2px 3px;white-space:nowrap}
        table.tbl td.ac{text-align:center}
        table.tbl th.pxname{background:#b00040;color:#ffff40;border-bottom-style:none;padding:2px 3px;white-space:nowrap}
        table.tbl th.empty{border-style:none;empty-cells:hide;background:white}
        table.tbl th.desc{background:white;border-bottom-style:none;text-align:left;padding:2px 3px}
        table.lgd{border-collapse:collapse;border-left:1px solid black}
        table.lgd td{border:1px solid gray;padding:2px}
        table.lgd td.noborder{border-style:none;white-space:nowrap}
        table.det{border-collapse:collapse;border-style:none}
        table.det th,table.det td{border-width:0;font:normal 11px sans-serif}
        table.det th{text-align:left;font-weight:bold;padding:0 1px 0 0}
        table.det td{text-align:right;padding:0 0 0 4px;white-space:nowrap}
        u{text-decoration:none;border-bottom:1px dotted black}
        div.tips{display:block;visibility:hidden;z-index:9999;position:absolute;padding:2px 4px 3px;background:#f0f060;color:#000;
         border:1px solid #7040c0;border-radius:3px;box-shadow:gray 2px 2px 3px;white-space:nowrap;font:normal 11px arial,sans-serif}
        u:hover div.tips{visibility:visible}
        @media (prefers-color-scheme:dark){
         body{color:#e8e6e3;background:#131516}
         h1 a{color:#a265e0!important}h2{color:#a265e0}h3{color:#ff5190;background:#3e3e1f}
         a{color:#3391ff}input{background:#2f3437}
         .titre{background:#1aa6a6;color:#e8e6e3}
         .frontend,.backend{background:#2f3437}
         .socket,.active_no_check,.backup_no_check{background:#2a2d2f}
         .active_down,.backup_down{background:#760000}
         .active_going_up{background:#b99200}.active_going_down{background:#6c6c00}
         .active_up{background:#165900}.active_nolb,.active_draining{background:#006ab9}
         .backup_going_up{background:#7f007f}.backup_going_down{background:#580092}
         .backup_up{background:#2e3234}.backup_nolb{background:#1e3c6a}.backup_draining{background:#a37a00}
         .maintain{background:#9a601a}
         a.lfsb:link,a.lfsb:visited{color:#e8e6e3}
         table.tbl th.empty,table.tbl th.desc{background:#181a1b}
         table.tbl th.pxname{background:#8d0033}
         u{border-bottom-color:#e8e6e3}
         div.tips{background:#8e8e0d;color:#e8e6e3;border-color:#4e2c86}
        }
        """;
}
