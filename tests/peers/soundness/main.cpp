// Real comparisons whose truth is known, counted; see README.md. Run by hand:
//
//   soundness_trials null [--n 200] [--busy 1] [--seed 1] [--lock FILE]
//   soundness_trials roles [--n 20] ...
//   soundness_trials chain [--n 20] ...
//
// The exit status is 0 when what must hold has held.
#include "binomial_interval.hpp"
#include "busy.hpp"
#include "real_comparison.hpp"
#include "statistics/summary.hpp"
#include "turnstile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

using assay::app::ComparedCase;
using assay::verdict::Verdict;
using namespace soundness;

namespace {

constexpr double kFault = 0.03;

struct Options {
    std::string_view what;
    int n = 0, busy = 0;
    std::uint64_t seed = 1;
    std::filesystem::path lock;
};

struct Tally {
    std::size_t slower = 0, faster = 0, same = 0, undecided = 0;
    std::vector<double> ratios, pairs, bias;

    void add(const ComparedCase& compared) {
        const Verdict verdict = compared.finding.verdict;
        slower += verdict == Verdict::slower ? 1 : 0;
        faster += verdict == Verdict::faster ? 1 : 0;
        same += verdict == Verdict::same ? 1 : 0;
        undecided += verdict == Verdict::undecided ? 1 : 0;
        ratios.push_back(compared.finding.ratio.value_or(0));
        pairs.push_back(static_cast<double>(compared.finding.pairs));
        bias.push_back(compared.finding.position_bias.value_or(0));
    }

    void print(const char* what) const {
        const auto [least, most] = std::ranges::minmax_element(ratios);
        std::fputs(fmt::format("{}: {} comparisons: slower {}, faster {}, same {}, undecided {}; "
                               "ratio {:.4f} to {:.4f}, median {:.4f}; pairs, median {:.0f}; "
                               "position bias, median {:+.2f} %\n",
                               what,
                               ratios.size(),
                               slower,
                               faster,
                               same,
                               undecided,
                               *least,
                               *most,
                               assay::statistics::median(ratios),
                               assay::statistics::median(pairs),
                               100 * assay::statistics::median(bias))
                       .c_str(),
                   stdout);
        std::fflush(stdout);
    }
};

// 5 % and three standard errors of so many.
bool within_alpha(std::size_t count, int of) {
    constexpr double kAlpha = 0.05;
    const double n = of;
    return static_cast<double>(count) <= n * kAlpha + 3 * std::sqrt(n * kAlpha * (1 - kAlpha));
}

// The lock is held for one comparison at a time, and nobody is busy in between.
Tally tally(const Options& options, const RealComparison& comparison, Trial trial) {
    Tally result;
    for (int i = 0; i < options.n; ++i) {
        const proof::Turnstile turn(options.lock);
        const proof::Busy busy(options.busy);
        trial.seed = options.seed + static_cast<std::uint64_t>(i);
        result.add(comparison.run(trial));
    }
    return result;
}

bool null(const Options& options) {
    const RealComparison comparison(SOUNDNESS_SHORT, SOUNDNESS_SHORT);
    const Tally result = tally(options, comparison, {});
    result.print("equal builds");
    for (const auto& [name, count] :
         {std::pair{"slower", result.slower}, std::pair{"faster", result.faster}}) {
        const auto interval =
            proof::binomial_interval(count, static_cast<std::uint64_t>(options.n), 0.95);
        std::printf("  false %s: %zu of %d, 95 %% interval [%.2f, %.2f] %%\n",
                    name,
                    count,
                    options.n,
                    100 * interval.low,
                    100 * interval.high);
    }
    return within_alpha(result.slower, options.n) && within_alpha(result.faster, options.n);
}

bool roles(const Options& options) {
    const RealComparison comparison(SOUNDNESS_SHORT, SOUNDNESS_SHORT);
    const Tally drawn = tally(options, comparison, {.slow_worker_0 = kFault});
    drawn.print("worker 0 is 3 % slower, roles drawn");
    const Tally fixed =
        tally(options, comparison, {.slow_worker_0 = kFault, .random_roles = false});
    fixed.print("worker 0 is 3 % slower, new build always worker 0");
    return within_alpha(drawn.slower, options.n) && within_alpha(drawn.faster, options.n) &&
           fixed.slower == fixed.ratios.size();
}

bool chain(const Options& options) {
    const RealComparison comparison(SOUNDNESS_SHORT, SOUNDNESS_LONG);
    const Tally result = tally(options, comparison, {});
    result.print("a chain of twice the length");
    return result.slower == result.ratios.size() &&
           std::ranges::all_of(result.ratios,
                               [](double ratio) { return std::abs(ratio / 2 - 1) <= 0.01; });
}

bool read(int argc, char** argv, Options& options) {
    if (argc < 2 || argc % 2 != 0) {
        return false;
    }
    options.what = argv[1];
    options.n = options.what == "null" ? 200 : 20;
    options.busy = options.what == "null" ? 1 : 0;
    for (int i = 2; i < argc; i += 2) {
        const std::string_view name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--n") {
            options.n = std::atoi(value);
        } else if (name == "--busy") {
            options.busy = std::atoi(value);
        } else if (name == "--seed") {
            options.seed = std::strtoull(value, nullptr, 10);
        } else if (name == "--lock") {
            options.lock = value;
        } else {
            return false;
        }
    }
    return options.n > 0 && options.busy >= 0;
}

} // namespace

int main(int argc, char** argv) try {
    if (argc == 2 && std::string_view(argv[1]) == "--be-busy") { // what proof::Busy starts
        proof::be_busy();
    }
    Options options;
    if (!read(argc, argv, options)) {
        std::fprintf(stderr,
                     "usage: soundness_trials null|roles|chain [--n N] [--busy N] [--seed N] "
                     "[--lock FILE]\n");
        return 2;
    }
    const bool held = options.what == "null"    ? null(options)
                      : options.what == "roles" ? roles(options)
                                                : chain(options);
    return held ? 0 : 1;

} catch (const std::exception& error) {

    std::fprintf(stderr, "soundness_trials: %s\n", error.what());
    return 3;
}
