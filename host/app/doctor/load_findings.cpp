#include "app/doctor/finding_groups.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace assay::app {
namespace {

constexpr const char* kLoadGroup = "load";
constexpr const char* kWho = "top shows who; stop it, or give compare a longer --budget";
// Of the last minute, per allowed CPU. Half: one of two CPUs is taken.
constexpr double kLoadMany = 0.5;
constexpr double kPressureMany = 10; // percent of the last ten seconds
constexpr double kStealMany = 0.01;

std::optional<double> positive(std::string_view text) {
    const auto number = to_double(text);
    return number && std::isfinite(*number) && *number >= 0 ? number : std::nullopt;
}

Finding load(const SystemTree& tree, std::size_t cpus) {
    const Subject subject{
        kLoadGroup, "load_average", "what else runs takes the CPU away and empties the caches"};
    const auto words = words_of(tree.line("proc/loadavg").value_or(""));
    const auto now = words.empty() ? std::nullopt : positive(words[0]);
    if (!now) {
        return subject.unavailable("/proc/loadavg does not tell");
    }
    const std::string read = fmt::format("{:.2f} over the last minute, {} CPUs", *now, cpus);
    const double many = kLoadMany * static_cast<double>(std::max<std::size_t>(cpus, 1));
    return *now < many ? subject.ok(read) : subject.warn(read, kWho);
}

// "some avg10=14.50 avg60=..." -> 14.5
std::optional<double> pressure_now(const SystemTree& tree, const std::string& file) {
    for (const std::string& line : split(tree.text(file).value_or(""), '\n')) {
        const std::vector<std::string> words = words_of(line);
        if (words.size() >= 2 && words[0] == "some" && words[1].starts_with("avg10=")) {
            return positive(std::string_view(words[1]).substr(6));
        }
    }
    return std::nullopt;
}

Finding pressure(const SystemTree& tree) {
    const Subject subject{
        kLoadGroup, "pressure", "time in which something that could run waited for a CPU"};
    const auto cpu = pressure_now(tree, "proc/pressure/cpu");
    if (!cpu) {
        return subject.unavailable("the kernel keeps no pressure figures (psi=1 turns them on)");
    }
    const std::string read = fmt::format("{:.1f} % of the last ten seconds", *cpu);
    return *cpu <= kPressureMany ? subject.ok(read) : subject.warn(read, kWho);
}

// Since boot: of all ticks, the share that the hypervisor took.
std::optional<double> steal_since_boot(const SystemTree& tree) {
    const auto words = words_of(tree.line("proc/stat").value_or(""));
    constexpr std::size_t kSteal = 8; // cpu user nice system idle iowait irq softirq steal
    if (words.size() <= kSteal || words[0] != "cpu") {
        return std::nullopt;
    }
    double all = 0;
    for (std::size_t i = 1; i <= kSteal; ++i) {
        const auto ticks = positive(words[i]);
        if (!ticks) {
            return std::nullopt;
        }
        all += *ticks;
    }
    return all > 0 ? std::optional(*positive(words[kSteal]) / all) : std::nullopt;
}

Finding steal(const SystemTree& tree, std::optional<double> now) {
    const Subject subject{kLoadGroup,
                          "steal",
                          "time that the hypervisor gave to others while this machine wanted it"};
    const auto ever = steal_since_boot(tree);
    if (!ever && !now) {
        return subject.unavailable("/proc/stat does not tell");
    }
    std::string read;
    if (now) {
        read = fmt::format("{:.1f} % during the sample", 100 * *now);
    }
    if (ever) {
        read += fmt::format("{}{:.2f} % since boot", read.empty() ? "" : ", ", 100 * *ever);
    }
    return std::max(now.value_or(0), ever.value_or(0)) <= kStealMany
               ? subject.ok(read)
               : subject.warn(read, "take a machine that is not shared, or a longer --budget");
}

} // namespace

Findings
load_findings(const SystemTree& tree, std::size_t allowed_cpus, std::optional<double> steal_share) {
    return {load(tree, allowed_cpus), pressure(tree), steal(tree, steal_share)};
}

} // namespace assay::app
