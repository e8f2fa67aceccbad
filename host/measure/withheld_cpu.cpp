#include "measure/withheld_cpu.hpp"

#include "measure/control_group.hpp"
#include "measure/steal.hpp"
#include "support/kernel_file.hpp"
#include "support/text.hpp"

namespace assay::measure {
namespace {

std::optional<std::uint64_t> value_of(std::string_view line, std::string_view key) {
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ') {
        return std::nullopt;
    }
    const auto value = to_int64(trim(line.substr(key.size())));
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

void add(std::optional<std::uint64_t>& to, std::uint64_t more) {
    to = to.value_or(0) + more;
}

std::optional<std::uint64_t> difference(const std::optional<std::uint64_t>& before,
                                        const std::optional<std::uint64_t>& after) {
    if (!before || !after || *after < *before) { // a counter that went back is no counter
        return std::nullopt;
    }
    return *after - *before;
}

} // namespace

void add_throttling(WithheldCpu& to, std::string_view cpu_stat) {
    for (const std::string& line : split(cpu_stat, '\n')) {
        if (const auto periods = value_of(line, "nr_throttled")) {
            add(to.throttled_periods, *periods);
        } else if (const auto us = value_of(line, "throttled_usec")) {
            add(to.throttled_us, *us);
        } else if (const auto ns = value_of(line, "throttled_time")) {
            add(to.throttled_us, *ns / 1000);
        }
    }
}

WithheldCpu withheld_cpu() {
    WithheldCpu now;
    if (const auto ticks = processor_ticks()) {
        now.steal_ticks = ticks->steal;
    }
    for (const std::filesystem::path& group : control_groups()) {
        add_throttling(now, kernel_text(group / "cpu.stat").value_or(""));
    }
    return now;
}

WithheldCpu withheld_between(const WithheldCpu& before, const WithheldCpu& after) {
    return {difference(before.steal_ticks, after.steal_ticks),
            difference(before.throttled_periods, after.throttled_periods),
            difference(before.throttled_us, after.throttled_us)};
}

} // namespace assay::measure
