#include "page.hpp"

#include "charts/svg.hpp"
#include "page_layout/page_chart.hpp"

namespace charts_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kTableRows = 100;

constexpr std::string_view kPageStyle =
    "body{font-family:\"DejaVu Sans\",Verdana,\"Segoe UI\",system-ui,sans-serif;margin:1.5rem;"
    "color:#1c2128;background:#fff}\n"
    "h1{font-size:1.2rem}\n"
    "figure{margin:0 0 1.5rem;break-inside:avoid}\n"
    "h1,p,figcaption{overflow-wrap:anywhere}\n"
    "@media screen and (max-width:620px){body{margin:1rem .7rem}}\n"
    "figcaption,p{font-size:.75rem;color:#57606a}\n"
    "td,th{padding:.1rem .8rem .1rem 0;text-align:left}caption{text-align:left}\n"
    "a{color:#0b5cad}\n"
    "@media screen and (prefers-color-scheme:dark){body{color:#e6e9ee;background:#14171c}"
    "figcaption,p{color:#a2abb6}a{color:#6cb6ff}}\n";

} // namespace

std::string page_begin(std::string_view title) {
    const std::string name = xml_text(title);
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
           name + "</title>\n<style>\n" + std::string(kPageStyle) + chart_style() +
           page_layout::page_chart_style() + "</style>\n</head>\n<body>\n<h1>" + name + "</h1>\n";
}

std::string page_figure(const Chart& chart, Size size, const std::vector<std::string>& files) {
    std::string figure = "<figure>\n" + page_layout::page_chart(chart, size) + "<figcaption>";
    for (const std::string& file : files) {
        const std::string ending = file.ends_with(".png") ? "PNG" : "SVG";
        figure += "<a href=\"" + xml_text(file) + "\">" + ending + "</a> ";
    }
    return figure + page_layout::chart_figures(chart, kTableRows) + "</figcaption>\n</figure>\n";
}

std::string page_text(std::string_view text) {
    return "<p>" + xml_text(text) + "</p>\n";
}

std::string page_end() {
    return "</body>\n</html>\n";
}

} // namespace charts_reporter
