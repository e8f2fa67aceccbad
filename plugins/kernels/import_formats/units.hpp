// Units as tools write them, brought to what Assay keeps: seconds, bytes, "1/s", or a counted thing
// in braces, with the way that is better.
//
//   ToolUnit unit = unit_of("ns/op");       // "s", a figure is divided by 1e9, lower is better
//   unit.to_base(1280)                      // 1.28e-6
//   unit_of("MB/s")                         // "By/s", times 1e6, higher
//   unit_of("frobs")                        // "{frobs}", as it is, neither; known = false
//
// One operation, iteration, call or execution is what a result is of: it is left out of "ns/op",
// and "ops/us" is a rate in 1/s. MB = 10^6, MiB = 2^20. Pure.
#pragma once

#include <assay/words.hpp>

#include <string>
#include <string_view>

namespace assay::import_formats {

enum class Dimension { time, bytes, operations, byte_rate, operation_rate, fraction, counted };

struct ToolUnit {
    std::string unit = "1";
    double numerator = 1, denominator = 1; // of which one is 1 mostly: a quotient rounds once
    assay::direction better = assay::direction::none;
    Dimension dimension = Dimension::counted;
    bool known = false;

    [[nodiscard]] double to_base(double figure) const noexcept {
        return figure * numerator / denominator;
    }
};

[[nodiscard]] ToolUnit unit_of(std::string_view text);

// "[a-z0-9_.]+" out of any name: "Max Bytes" is max_bytes. Empty becomes "value".
[[nodiscard]] std::string key_of(std::string_view name);

} // namespace assay::import_formats
