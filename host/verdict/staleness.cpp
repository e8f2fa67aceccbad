#include "verdict/staleness.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::verdict {
namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::string major_compiler(std::string_view compiler) {
    const auto first = std::ranges::find_if(compiler, is_digit);
    const auto end = std::find_if_not(first, compiler.end(), is_digit);
    return {compiler.begin(), end};
}

std::string stale_reason(const Baseline& baseline, const Today& today) {
    if (today.now && baseline.newest && *today.now - *baseline.newest > kStaleDays * kDay) {
        return fmt::format("its newest run is {} days old, {} are allowed",
                           (*today.now - *baseline.newest) / kDay,
                           kStaleDays);
    }
    if (today.commits && *today.commits > kStaleCommits) {
        return fmt::format("{} commits lie between, {} are allowed", *today.commits, kStaleCommits);
    }
    if (!today.compiler.empty() && !baseline.compiler.empty() &&
        major_compiler(today.compiler) != major_compiler(baseline.compiler)) {
        return "it was built by " + baseline.compiler + ", today's build by " + today.compiler;
    }
    return {};
}

} // namespace assay::verdict
