#include "app/comparison/comparison_options.hpp"

#include "app/comparison/margin.hpp"

#include <utility>

namespace assay::app {

Result<ComparisonOptions> comparison_options(const Invocation& invocation,
                                             const Settings& settings,
                                             ComparisonOptions defaults) {
    ComparisonOptions options = std::move(defaults);
    options.session = settings.session;
    if (const auto text = invocation.value("--margin")) {
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
