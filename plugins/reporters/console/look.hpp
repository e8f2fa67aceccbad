// How the table looks on this output: colours, line-drawing characters, width. Colour is never the
// only carrier of a meaning.
//
//   Look look{.color = true, .unicode = true, .columns = 80};
//   line += look.paint(Paint::bold, "router");
//
// Plain value.
#pragma once

#include "report_text/figure_text.hpp"
#include "report_text/safe_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace console {

using report_text::cut_to_width;
using report_text::decimals_for;
using report_text::duration_text;
using report_text::exact_text;
using report_text::figure_text;
using report_text::FigureStyle;
using report_text::FigureText;
using report_text::fixed;
using report_text::interval_text;
using report_text::joined;
using report_text::not_measured;
using report_text::padding;
using report_text::safe_text;
using report_text::Scale;
using report_text::scale_for;
using report_text::width_of;

enum class Paint { plain, bold, dim, red, green, yellow };

struct Look {
    bool color = false, unicode = true, quiet = false, verbose = false;
    std::size_t columns = 0; // 0 = as wide as it gets

    [[nodiscard]] FigureStyle figures() const { return {unicode}; }

    [[nodiscard]] std::string paint(Paint paint, std::string_view text) const;

    // The parts of the tree, three columns each.
    [[nodiscard]] std::string_view branch(bool last) const;
    [[nodiscard]] std::string_view trunk(bool last) const;
};

} // namespace console
