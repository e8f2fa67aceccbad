#include "measure/steal.hpp"

#include <array>
#include <cstdio>

namespace assay::measure {

std::optional<ProcessorTicks> processor_ticks() noexcept {
    std::FILE* const file = std::fopen("/proc/stat", "re");
    if (file == nullptr) {
        return std::nullopt;
    }
    // cpu user nice system idle iowait irq softirq steal
    std::array<unsigned long long, 8> columns{};
    const int read = std::fscanf(file,
                                 "cpu %llu %llu %llu %llu %llu %llu %llu %llu",
                                 &columns[0],
                                 &columns[1],
                                 &columns[2],
                                 &columns[3],
                                 &columns[4],
                                 &columns[5],
                                 &columns[6],
                                 &columns[7]);
    std::fclose(file);
    if (read != 8) {
        return std::nullopt;
    }
    ProcessorTicks ticks;
    for (const unsigned long long column : columns) {
        ticks.all += column;
    }
    ticks.steal = columns[7];
    return ticks;
}

std::optional<double> steal_share(const std::optional<ProcessorTicks>& before,
                                  const std::optional<ProcessorTicks>& after) noexcept {
    if (!before || !after || after->all <= before->all || after->steal < before->steal) {
        return std::nullopt;
    }
    return static_cast<double>(after->steal - before->steal) /
           static_cast<double>(after->all - before->all);
}

} // namespace assay::measure
