#include "app/doctor/finding_groups.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <sys/personality.h>

namespace assay::app {
namespace {

constexpr const char* kMemoryGroup = "memory";
constexpr double kFreeLittle = 0.1; // of memory: below it the kernel begins to take pages back
constexpr double kSwapMany = 0.25;  // of swap; less is what idle programs left there
constexpr double kGiB_kB = 1024 * 1024;

std::optional<unsigned long> personality_of(const SystemTree& tree) {
    const auto text = tree.line("proc/self/personality");
    unsigned long bits = 0;
    if (!text ||
        std::from_chars(text->data(), text->data() + text->size(), bits, 16).ec != std::errc{}) {
        return std::nullopt;
    }
    return bits;
}

Finding layout(const SystemTree& tree) {
    const Subject subject{kMemoryGroup,
                          "aslr",
                          "addresses decide on cache sets and alignment; drawn anew they average "
                          "out over launches, fixed they look like a difference of builds"};
    const auto level = tree.number("proc/sys/kernel/randomize_va_space");
    if (!level) {
        return subject.unavailable("/proc/sys/kernel/randomize_va_space does not tell");
    }
    if (*level <= 0) {
        return subject.warn("off for the whole machine", "sysctl kernel.randomize_va_space=2");
    }
    if (const auto bits = personality_of(tree); bits && (*bits & ADDR_NO_RANDOMIZE) != 0) {
        return subject.warn("off for this process",
                            "do not start assay by setarch -R or from a debugger's shell");
    }
    return *level == 1 ? subject.warn("on, without the heap", "sysctl kernel.randomize_va_space=2")
                       : subject.ok("on");
}

Finding huge_pages(const SystemTree& tree) {
    const Subject subject{kMemoryGroup,
                          "huge_pages",
                          "whether an allocation gets a huge page depends on how fragmented memory "
                          "is: one build, two speeds"};
    const auto text = tree.line("sys/kernel/mm/transparent_hugepage/enabled");
    const std::size_t open = text ? text->find('[') : std::string::npos;
    const std::size_t close = text ? text->find(']') : std::string::npos;
    if (open == std::string::npos || close == std::string::npos || close < open) {
        return subject.unavailable("the kernel has none, or does not tell");
    }
    const std::string chosen = text->substr(open + 1, close - open - 1);
    return chosen == "always"
               ? subject.warn("always",
                              "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled")
               : subject.ok(chosen == "madvise" ? "only where a program asks (madvise)" : chosen);
}

Finding free_memory(const std::string& meminfo) {
    const Subject subject{
        kMemoryGroup, "free", "short of memory the kernel takes pages back from what is measured"};
    const auto total = value_of(meminfo, "MemTotal");
    const auto available = value_of(meminfo, "MemAvailable");
    if (!total || !available || *total <= 0 || *available < 0) {
        return subject.unavailable("/proc/meminfo does not tell");
    }
    const std::string read = fmt::format("{:.1f} of {:.1f} GiB",
                                         static_cast<double>(*available) / kGiB_kB,
                                         static_cast<double>(*total) / kGiB_kB);
    return static_cast<double>(*available) >= kFreeLittle * static_cast<double>(*total)
               ? subject.ok(read)
               : subject.warn(read, "stop what holds it (top, then M, sorts by memory)");
}

Finding swap(const std::string& meminfo) {
    const Subject subject{kMemoryGroup,
                          "swap",
                          "a page that must be fetched from disk costs milliseconds in a slice"};
    const auto total = value_of(meminfo, "SwapTotal");
    const auto free = value_of(meminfo, "SwapFree");
    if (!total || !free || *total < 0 || *free < 0 || *free > *total) {
        return subject.unavailable("/proc/meminfo does not tell");
    }
    if (*total == 0) {
        return subject.ok("none");
    }
    const double used = static_cast<double>(*total - *free);
    const std::string read = fmt::format(
        "{:.1f} of {:.1f} GiB used", used / kGiB_kB, static_cast<double>(*total) / kGiB_kB);
    return used <= kSwapMany * static_cast<double>(*total)
               ? subject.ok(read)
               : subject.warn(read, "stop what holds the memory, then swapoff -a and swapon -a");
}

} // namespace

Findings memory_findings(const SystemTree& tree) {
    const std::string meminfo = tree.text("proc/meminfo").value_or("");
    return {layout(tree), huge_pages(tree), free_memory(meminfo), swap(meminfo)};
}

} // namespace assay::app
