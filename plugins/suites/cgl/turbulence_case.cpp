#include "turbulence_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "observables.hpp"
#include "planning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace assay::cgl {
namespace {

constexpr double kUnseenShare = 0.2; // of the duration, while the field settles
constexpr double kLargestPossible = 1.5;
constexpr double kLongestDuration = 1e6;

struct Regime {
    std::string_view name;
    double c1, c2;
    Grid grid;
    double dt;
};

// The defaults of the system that this suite replaces, uniformly stable and in a small box; and two
// that Benjamin and Feir's criterion says are not.
constexpr std::array kRegimes{Regime{"stable", 0.8, 1.5, {.n = 64, .length = 10}, 0.01},
                              Regime{"c1_2", 2, -1, {.n = 128, .length = 100}, 0.05},
                              Regime{"c1_3.5", 3.5, -0.5, {.n = 128, .length = 100}, 0.05}};

const Regime& regime_from(const std::string& name) {
    const auto found = std::ranges::find(kRegimes, name, &Regime::name);
    if (found == kRegimes.end()) {
        throw assay::config_error("regime is '" + name + "', expected stable, c1_2 or c1_3.5");
    }
    return *found;
}

SubjectOptions turbulence_options(const assay::params& params) {
    const Regime& regime = regime_from(params.str("regime"));
    return {.grid = regime.grid,
            .equation = {.c1 = regime.c1, .c2 = regime.c2},
            .stepping = {.method = method_from(params.str("method")), .dt = regime.dt},
            .warm_steps = 0,
            .seed = params.seed()};
}

double duration_of(const assay::params& params) {
    const double duration = params.f64("duration");
    if (!(duration >= 1 && duration <= kLongestDuration)) {
        throw assay::config_error("duration is " + std::to_string(duration) +
                                  ", expected 1 to 1e6 units of the equation's time");
    }
    return duration;
}

} // namespace

void add_turbulence(assay::suite& suite) {
    assay::family_builder family = suite.custom<TurbulenceCase>("turbulence", assay::shape::single);
    family.help("a long run from noise and its statistics: mean |A|^2, defects, largest |A|")
        .tags("field", "fft", "long");
    family.axis("regime", {"stable", "c1_2", "c1_3.5"})
        .help("c1 0.8, c2 1.5, box 10; c1 2, c2 -1, box 100; c1 3.5, c2 -0.5, box 100")
        .quick({"c1_2"});
    family.axis("method", {"strang", "etd2rk", "etdrk4", "ifrk4"})
        .help("how it is stepped")
        .variant("strang")
        .quick(1)
        .standard({"strang", "etdrk4"});
    family.axis("duration", {500, 50})
        .help("units of the equation's time; the first fifth is not seen")
        .quick({50})
        .standard({500});
    add_stepping_metrics(family);
    family.metric("mean_abs2", "1", assay::no_direction).help("mean |A|^2 over points and time");
    family.metric("defect_density", "1", assay::no_direction)
        .help("plaquettes around which the phase turns by 2 pi / area, in the mean over time");
    family.metric("max_abs", "1", assay::no_direction).help("largest |A| that was seen");
    family.metric("balance_error", "1", assay::lower)
        .help("how far the mean of |A|^2 changes by another rate than the equation's / twice it");
}

std::optional<FieldStatistics> watch(StepSubject& subject,
                                     const SubjectOptions& options,
                                     double duration,
                                     const std::function<bool()>& stop) {
    const auto unit = static_cast<std::size_t>(std::lround(1 / options.stepping.dt));
    const auto units = static_cast<std::size_t>(std::lround(duration));
    const auto unseen = static_cast<std::size_t>(std::ceil(kUnseenShare * duration));
    FieldStatistics statistics;
    ComplexField field;
    double seen = 0;
    subject.restart();
    for (std::size_t now = 1; now <= units; ++now) {
        if (stop()) {
            return std::nullopt;
        }
        subject.steps(unit);
        if (now < unseen) {
            continue;
        }
        subject.read(field);
        const FieldMeans means = field_means(field);
        statistics.mean_norm += means.norm;
        statistics.defect_density += static_cast<double>(defect_count(field, options.grid)) /
                                     (options.grid.length * options.grid.length);
        statistics.largest = std::max(statistics.largest, means.largest);
        seen += 1;
    }
    statistics.mean_norm /= seen;
    statistics.defect_density /= seen;
    return statistics;
}

double balance_error(StepSubject& subject, const SubjectOptions& options) {
    constexpr std::array kDifference{1.0, -8.0, 0.0, 8.0, -1.0}; // over 12 dt: of fourth order
    double change = 0, expected = 0, norm = 0;
    ComplexField field;
    for (std::size_t i = 0; i < kDifference.size(); ++i) {
        if (i > 0) {
            subject.steps(1);
        }
        subject.read(field);
        const double now = field_means(field).norm;
        change += kDifference[i] * now / (12 * options.stepping.dt);
        if (kDifference[i] == 0) {
            norm = now;
            expected = norm_change(field, options.grid, options.equation);
        }
    }
    return std::abs(change - expected) / (2 * norm);
}

TurbulenceCase::TurbulenceCase(const assay::params& params)
    : duration_(duration_of(params))
    , options_(turbulence_options(params))
    , subject_(planned_subject(params, options_)) {}

void TurbulenceCase::verify(assay::context& host) {
    attach_config(host, options_, {{"duration", std::to_string(std::lround(duration_))}});
    subject_->verify();
}

void TurbulenceCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        seen_ = watch(*subject_, options_, duration_, [&batch] { return batch.cancelled(); });
        if (!seen_) {
            break;
        }
    }
    batch.done(done);
}

void TurbulenceCase::finish(assay::batch& batch, assay::context& host) {
    subject_->check_finite();
    if (batch.done() == 0 || !seen_) {
        return;
    }
    if (!(seen_->largest < kLargestPossible)) {
        throw assay::wrong_result("|A| reached " + std::to_string(seen_->largest) +
                                  ", expected less than 1.5 everywhere");
    }
    if (batch.is_warmup()) {
        return;
    }
    const double steps = static_cast<double>(batch.done()) * std::round(duration_) *
                         std::round(1 / options_.stepping.dt);
    report_stepping(host,
                    {.steps = steps, .points = options_.grid.points(), .dt = options_.stepping.dt});
    host.metric("mean_abs2", seen_->mean_norm);
    host.metric("defect_density", seen_->defect_density);
    host.metric("max_abs", seen_->largest);
    host.metric("balance_error", balance_error(*subject_, options_));
}

} // namespace assay::cgl
