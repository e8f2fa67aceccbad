// The style of the page of a report; its colours are the roles of the style guide.
//
//   page += "<style>" + std::string(kPageStyle) + chart_style() + "</style>";
#pragma once

#include <string_view>

namespace report_reporter {

inline constexpr std::string_view kPageStyle =
    ":root{--ground:#fff;--panel:#f6f8fa;--text:#1c2128;--dim:#57606a;--line:#d9dee4;"
    "--bad:#b3261e;--good:#0b6e4f;--open:#8a6100}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--ground:#14171c;--panel:#1b2027;"
    "--text:#e6e9ee;--dim:#a2abb6;--line:#343b45;--bad:#ff8a80;--good:#56d4a5;--open:#e3b341}}\n"
    "*{box-sizing:border-box}\n"
    "html{background:var(--ground);color:var(--text);font:14px/1.45 \"DejaVu Sans\",Verdana,"
    "\"Segoe UI\",system-ui,sans-serif;font-variant-numeric:tabular-nums}\n"
    "body{margin:0 auto;padding:1rem 1.25rem 3rem;max-width:84rem}\n"
    "h1{font-size:1.3rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .6rem}\n"
    "header p,.note,caption,summary{color:var(--dim);font-size:.82rem;overflow-wrap:anywhere}\n"
    "code{font-family:\"DejaVu Sans "
    "Mono\",ui-monospace,Consolas,monospace;font-size:max(.88em,11px);"
    "overflow-wrap:anywhere}\n"
    ".verdict{border:1px solid var(--line);border-left:6px solid var(--dim);border-radius:5px;"
    "background:var(--panel);padding:.7rem 1rem;margin:.8rem 0}.verdict p{margin:.3rem 0 0;"
    "color:var(--dim);overflow-wrap:anywhere}\n"
    ".verdict.worse{border-left-color:var(--bad)}.verdict.better{border-left-color:var(--good)}"
    ".verdict.open{border-left-color:var(--open)}\n"
    ".wide{overflow-x:auto;margin:.6rem 0 1rem}\n"
    "table{border-collapse:collapse;font-size:.86rem;min-width:60%}\n"
    "caption{text-align:left;padding-bottom:.3rem}\n"
    "th,td{padding:.3rem .9rem .3rem 0;text-align:left;border-bottom:1px solid var(--line);"
    "vertical-align:top}\n"
    "thead th{color:var(--dim);font-weight:600;white-space:nowrap}\n"
    "tbody th{font-weight:normal;overflow-wrap:anywhere;min-width:5rem}tbody "
    "th.s{min-width:13rem}td{min-width:3.2rem}\n"
    "td:not(.n):last-child{min-width:9rem}\n"
    ".t{white-space:nowrap}.n{text-align:right;white-space:nowrap}\n"
    "td.worse,th.worse{color:var(--bad)}td.better{color:var(--good)}td.open{color:var(--open)}\n"
    "td svg{display:block;min-width:120px}\n"
    "ul{padding-left:1.2rem}li{margin:.35rem 0;overflow-wrap:anywhere}\n"
    ".charts{display:grid;gap:.8rem;margin:.8rem 0;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,36rem),1fr))}\n"
    "figure{margin:0;min-width:0;padding:.6rem .8rem;border:1px solid "
    "var(--line);border-radius:5px;"
    "break-inside:avoid}figure svg{display:block;width:100%;height:auto}\n"
    "summary{cursor:pointer}\n"
    "@media screen and (max-width:620px){body{padding:.6rem .6rem 2rem}figure{padding:.5rem}"
    "table{min-width:0}p,strong{overflow-wrap:anywhere}}\n"
    "@media print{body{max-width:none;padding:0}html{font-size:7pt}.wide{overflow:visible}"
    "thead th,.t{white-space:normal}tbody th,tbody th.s,td,td:not(.n):last-child{min-width:0}"
    "td code{overflow-wrap:anywhere}"
    ".charts{grid-template-columns:1fr 1fr}th,td{padding-right:.4rem}tr{break-inside:avoid}"
    "td svg{min-width:0;max-width:60px}details{display:none}}\n";

} // namespace report_reporter
