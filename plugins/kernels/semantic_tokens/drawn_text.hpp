// Text as a system under load reads it, drawn from a seed: made-up words, some keywords of every
// list, punctuation, capitals, a few words beyond ASCII.
//
//   const std::string text = drawn_text(seed, 512);             // so many tokens
//   const std::string large = drawn_text_of_bytes(seed, 1 << 20);   // so many bytes, valid UTF-8
//
// About one token in twelve has a keyword. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace assay::semantic_tokens {

[[nodiscard]] std::string drawn_text(std::uint64_t seed, std::size_t tokens);
// The last token is cut, or lengthened, to fit.
[[nodiscard]] std::string drawn_text_of_bytes(std::uint64_t seed, std::size_t bytes);

} // namespace assay::semantic_tokens
