// What was read around every slice of one side of a pair, column by column: clocks, context
// switches, page faults, the CPU. Kept beside the times of a pair, so that each of them can be
// computed again and an odd one explained without measuring anew.
//
//   SliceColumns columns(record.slices, Clock::thread_cpu);
//   sample["old_slices"] = columns.document();   // {"warmup": [1, 0, ...], "wall_ns": [...],
//                                                //  "major_faults": 0, "cpu_before": 1, ...}
//
// A column in which all slices agree is one number, here and in the document: most are. Plain
// value.
#pragma once

#include "measure/description.hpp"
#include "measure/slice.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay::app {

class SliceColumns {
public:
    SliceColumns() = default;
    // All slices of a launch in the order taken, those of warm-up included. `primary`: the clock
    // of the case, whose readings must be among the columns.
    SliceColumns(std::span<const measure::SliceRecord> slices, measure::Clock primary);

    [[nodiscard]] json::object document() const;

private:
    struct Column {
        std::string_view name; // of a literal
        std::vector<std::uint64_t> values;
    };

    std::vector<Column> columns_;
};

} // namespace assay::app
