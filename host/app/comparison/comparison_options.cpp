#include "app/comparison/comparison_options.hpp"

#include "app/comparison/margin.hpp"

#include <algorithm>
#include <utility>

namespace assay::app {

double budget_seconds(const ComparisonOptions& options, std::size_t cases) noexcept {
    constexpr double kSecondsPerCase = 10;
    constexpr double kSecondsMax = 600;
    return options.budget ? std::chrono::duration<double>(*options.budget).count()
                          : std::min(kSecondsPerCase * static_cast<double>(cases), kSecondsMax);
}

Result<ComparisonOptions> comparison_options(const Invocation& invocation,
                                             const Settings& settings,
                                             ComparisonOptions defaults) {
    ComparisonOptions options = std::move(defaults);
    options.session = settings.session;
    if (const auto text = invocation.value("--margin"); text == "auto") {
        options.margin_auto = true;
    } else if (text) {
        const Result<double> margin = margin_from(*text);
        if (!margin) {
            return margin.error();
        }
        options.margin = *margin;
    }
    if (const auto text = invocation.value("--alpha")) {
        const Result<double> alpha = alpha_from(*text);
        if (!alpha) {
            return alpha.error();
        }
        options.alpha = *alpha;
    }
    if (const auto text = invocation.value("--method")) {
        options.method = statistics::evidence_method_from(*text).value_or(options.method);
    }
    options.budget = invocation.duration("--budget");
    options.controls = !invocation.has("--no-controls");
    options.require_same_results = invocation.has("--require-same-results");
    return options;
}

} // namespace assay::app
