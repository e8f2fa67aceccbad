#include "page_layout/stacked_table.hpp"

namespace page_layout {

std::string stacked_style() {
    return "@media screen and (max-width:620px){\n"
           ".stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;"
           "clip-path:inset(50%)}\n"
           ".stacked,.stacked tbody,.stacked tr,.stacked th,.stacked td,.stacked caption"
           "{display:block;min-width:0;width:auto}\n"
           ".stacked tbody tr{padding:.5rem 0;border-bottom:1px solid var(--line,#8886)}\n"
           ".stacked tbody th,.stacked tbody td,.stacked tbody td:last-child"
           "{border:0;padding:.1rem 0;min-width:0;text-align:left;white-space:normal;"
           "overflow-wrap:anywhere}\n"
           ".stacked tbody td,.stacked tbody td:last-child{display:flow-root;"
           "padding-left:8.5rem;min-height:1.6em}\n"
           ".stacked tbody td::before{float:left;width:8rem;margin-left:-8.5rem;font-weight:400;"
           "opacity:.75}\n}\n";
}

std::string stacked_titles(std::string_view table_class, std::span<const std::string> titles) {
    std::string rules = "@media screen and (max-width:620px){\n";
    for (std::size_t i = 0; i < titles.size(); ++i) {
        rules += "." + std::string(table_class) + " td:nth-child(" + std::to_string(i + 1) +
                 ")::before{content:\"" + titles[i] + "\"}\n";
    }
    return rules + "}\n";
}

} // namespace page_layout
