// Reads a field of a plugin's struct that may be shorter than ours: a struct only reaches as far as
// its struct_size says, and what lies behind has its documented default.
//
//   const std::uint64_t most = field_or(*def, &assay_case_def::max_iterations, std::uint64_t{0});
//
// Pure functions.
#pragma once

#include <assay/plugin.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::measure {

// No struct of the ABI comes near this; a larger struct_size is a lie or another layout.
inline constexpr std::uint32_t kAbiStructBytesMax = 4096;

// ASSAY_HAS for a member pointer.
template <class Struct, class Field>
bool has_field(const Struct& from, Field Struct::*field) noexcept {
    const auto* begin = reinterpret_cast<const char*>(&from);
    const auto* member = reinterpret_cast<const char*>(&(from.*field));
    return from.struct_size >= static_cast<std::size_t>(member - begin) + sizeof(Field);
}

template <class Struct, class Field>
Field field_or(const Struct& from, Field Struct::*field, Field fallback) noexcept {
    return has_field(from, field) ? from.*field : fallback;
}

// Text of the plugin as a value: cut at `bytes_max`, bytes that are no UTF-8 replaced by '?', so
// that it can stand in any document.
std::string copy_text(assay_str text, std::size_t bytes_max = std::size_t{64} << 10);

// "ASSAY_E_NOMEM" and the like, or the number.
std::string status_name(assay_status status);

} // namespace assay::measure
