// How much of a text looks like a format's results, for probes.
//
//   std::size_t results = lines_like(file.head, [](std::string_view line) {
//       return line.ends_with("runs sampled)");
//   });
//
// Pure. What is no text has no lines.
#pragma once

#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace assay::import_formats {

template <std::predicate<std::string_view> Recognise>
std::size_t lines_like(std::string_view head, Recognise recognise) {
    if (!looks_like_text(head)) {
        return 0;
    }
    std::size_t count = 0;
    try {
        TextLines lines(head);
        while (const std::optional<TextLine> line = lines.next()) {
            count += recognise(line->text) ? 1 : 0;
        }
    } catch (const damaged&) { // a line that is far too long
        return count;
    }
    return count;
}

} // namespace assay::import_formats
