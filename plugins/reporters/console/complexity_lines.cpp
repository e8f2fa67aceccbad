#include "complexity_lines.hpp"

#include <cmath>

namespace console {
namespace {

constexpr std::size_t kFitsMax = 1000;

// "n log n" of "O(n log n)"; nothing of "O(1)", whose coefficient is the time itself.
std::string function_of(const std::string& fit_class) {
    if (fit_class.size() < 4 || fit_class == "O(1)") {
        return {};
    }
    return fit_class.substr(2, fit_class.size() - 3);
}

std::string coefficient_text(const Fit& fit, const Look& look) {
    std::string text = joined(figure_text(fit.coefficient, "s", look.figures()));
    if (const std::string function = function_of(fit.fit_class); !function.empty()) {
        text += (look.unicode ? " \u00d7 " : " x ") + function;
    }
    if (const auto interval =
            interval_text(fit.low, fit.high, fit.coefficient, "s", look.figures())) {
        text += " " + *interval;
    }
    return text;
}

} // namespace

std::vector<Fit> fits_from(const assay::document& document, const Look& look) {
    std::vector<Fit> fits;
    for (std::size_t i = 0; i < kFitsMax; ++i) {
        const std::string base = "/complexity/" + std::to_string(i) + "/";
        const auto axis = document.find_str(base + "axis");
        if (!axis) {
            break;
        }
        const auto text = [&](const char* name) {
            return safe_text(document.str(base + name, ""), look.unicode);
        };
        const auto number = [&](const char* name) {
            return document.find_f64(base + name).value_or(Figure::kUnknown);
        };
        Fit& fit = fits.emplace_back();
        fit.name = text("suite") + "/" + text("family");
        fit.axis = safe_text(*axis, look.unicode);
        fit.params = text("at");
        fit.fit_class = text("class");
        fit.runner_up = text("runner_up");
        fit.reason = text("reason");
        fit.fits = document.boolean(base + "fits", true);
        fit.coefficient = number("coefficient");
        fit.low = number("ci/0");
        fit.high = number("ci/1");
        fit.error = number("error");
    }
    return fits;
}

std::string complexity_lines(std::span<const Fit> fits, const Look& look) {
    std::string text;
    for (const Fit& fit : fits) {
        text += look.paint(Paint::bold, "fit") + "  " + fit.name + fit.params + " over " +
                fit.axis + ": ";
        if (fit.fit_class.empty()) {
            text += "none: " + fit.reason + "\n";
            continue;
        }
        if (!fit.fits) {
            text += "no class fits (best " + fit.fit_class + ", error " +
                    fixed(100 * fit.error, 0) + " %)\n";
            continue;
        }
        text += fit.fit_class + ", " + coefficient_text(fit, look);
        if (std::isfinite(fit.error)) {
            text += ", error " + fixed(100 * fit.error, 1) + " %";
        }
        text += ", next best " + fit.runner_up + "\n";
    }
    return text.empty() ? text : text + "\n";
}

} // namespace console
