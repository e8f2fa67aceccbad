// Text that is well-formed UTF-8, whatever came in: each longest part of bytes that begins no
// character, or breaks one off, becomes one U+FFFD, as Unicode recommends (3.9, "maximal subpart").
//
//   std::string room;
//   const Utf8Text clean = well_formed(bytes, room);   // clean.text views `bytes` or `room`
//   clean.replaced                                      // how many U+FFFD were put in
//
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::semantic_tokens {

struct Utf8Text {
    std::string_view text;
    std::uint64_t replaced = 0;
};

// `room` is written to only where something is wrong with `bytes`; it may not hold them.
[[nodiscard]] Utf8Text well_formed(std::string_view bytes, std::string& room);

} // namespace assay::semantic_tokens
