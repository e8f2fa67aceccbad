#include "app/comparison/slice_columns.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace assay::app {
namespace {

using measure::Clock;
using measure::SliceRecord;

using Reading = std::function<std::uint64_t(const SliceRecord&)>;

struct Field {
    std::string_view name;
    Reading read;
};

// The seed of slice i follows from i and the run's seed and is not repeated; nor is a clock that
// neither is the primary one nor says anything beside the others.
std::vector<Field> fields_of(bool has_lanes, std::uint64_t began_ns, Clock primary) {
    std::vector<Field> fields{
        {"warmup", [](const SliceRecord& one) { return one.flags != 0 ? 1u : 0u; }},
        {"done", &SliceRecord::done},
        {"wall_ns", &SliceRecord::wall_ns},
        {"thread_cpu_ns", &SliceRecord::thread_cpu_ns},
        {"voluntary_switches", &SliceRecord::voluntary_switches},
        {"involuntary_switches", &SliceRecord::involuntary_switches},
        {"minor_faults", &SliceRecord::minor_faults},
        {"major_faults", &SliceRecord::major_faults},
        {"cpu_before", &SliceRecord::cpu_before},
        {"cpu_after", &SliceRecord::cpu_after}};
    if (primary == Clock::process_cpu) {
        fields.push_back({"process_cpu_ns", &SliceRecord::process_cpu_ns});
    }
    if (primary == Clock::manual) {
        fields.push_back({"manual_ns", &SliceRecord::manual_ns});
    }
    if (has_lanes) { // their time is from the first one's start to the last one's end
        fields.push_back({"lane", &SliceRecord::lane});
        fields.push_back({"start_ns", [began_ns](const SliceRecord& one) {
                              return one.start_ns - std::min(one.start_ns, began_ns);
                          }});
    }
    return fields;
}

std::vector<std::uint64_t> column(std::span<const SliceRecord> slices, const Reading& read) {
    std::vector<std::uint64_t> values;
    values.reserve(slices.size());
    std::ranges::transform(slices, std::back_inserter(values), read);
    if (std::ranges::adjacent_find(values, std::not_equal_to<>()) == values.end()) {
        values.resize(std::min<std::size_t>(values.size(), 1));
        values.shrink_to_fit();
    }
    return values;
}

} // namespace

SliceColumns::SliceColumns(std::span<const SliceRecord> slices, Clock primary) {
    if (slices.empty()) {
        return;
    }
    const bool has_lanes =
        std::ranges::any_of(slices, [](const SliceRecord& one) { return one.lane != 0; });
    const std::uint64_t began_ns = std::ranges::min(slices, {}, &SliceRecord::start_ns).start_ns;
    for (const Field& field : fields_of(has_lanes, began_ns, primary)) {
        columns_.push_back({field.name, column(slices, field.read)});
    }
}

json::object SliceColumns::document() const {
    json::object document;
    for (const Column& column : columns_) {
        if (column.values.size() == 1) {
            document[column.name] = json_count(column.values.front());
            continue;
        }
        json::array values;
        std::ranges::transform(column.values, std::back_inserter(values), json_count);
        document[column.name] = std::move(values);
    }
    return document;
}

} // namespace assay::app
