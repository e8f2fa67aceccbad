// How the table looks on this output: colours, line-drawing characters, width. Colour is never the
// only carrier of a meaning.
//
//   Look look{.color = true, .unicode = true, .columns = 80};
//   line += look.paint(Paint::bold, "router");
//
// Plain value.
#pragma once

#include "figure_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace console {

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
