#include "transition_case.hpp"

#include "kuramoto/known_solutions.hpp"
#include "kuramoto/number_text.hpp"
#include "kuramoto/order.hpp"
#include "random_source/random_source.hpp"
#include "verification.hpp"

#include <cmath>
#include <numbers>

namespace assay::kuramoto_suite {
namespace {

constexpr double kCurveStep = 0.05; // s: K and most frequencies are a few rad/s
constexpr int kEarlySteps = 100, kSettlingSteps = 700, kMeanSteps = 400;
constexpr std::size_t kBelow = 2, kTwice = 9; // points 0.6 and 2.0
constexpr double kCurveBound = 0.03;          // of r, 500 oscillators and more

struct Distribution {
    std::vector<double> omega;
    double at_centre; // density
};

Distribution distribution_of(const std::string& name, std::size_t n) {
    using std::numbers::pi;
    if (name == "lorentzian") {
        return {kuramoto::lorentzian_frequencies(n, 0.5), 1 / (pi * 0.5)};
    }
    if (name == "gaussian") {
        return {kuramoto::gaussian_frequencies(n, 0.5), 1 / (0.5 * std::sqrt(2 * pi))};
    }
    if (name == "uniform") {
        return {kuramoto::uniform_frequencies(n, 0.5), 1.0};
    }
    throw assay::config_error("frequencies=" + name + ": expected lorentzian, gaussian or uniform");
}

} // namespace

void add_transition(assay::suite& suite) {
    assay::family_builder family = suite.custom<TransitionCase>("transition", assay::shape::single);
    family
        .help("order at 15 strengths from 0.2 to 3 times the critical one, 60 s of the model each")
        .tags("nfcs", "oscillators");
    family.axis("n", {500, 2000}).unit("{osc}").help("oscillators").quick({500});
    family.axis("frequencies", {"lorentzian", "gaussian", "uniform"})
        .help("how they are distributed, by quantiles")
        .quick({"lorentzian"});
    family.axis("impl", {"assay", "odeint"})
        .help("this library, or Boost.Odeint with the same right-hand side")
        .variant("odeint");
    family.metric("order_below", "1", assay::no_direction, assay::last)
        .help("mean r at 0.6 times the critical strength");
    family.metric("order_twice", "1", assay::no_direction, assay::last)
        .help(
            "mean r at twice the critical strength; sqrt(1/2) of infinitely many Lorentzian ones");
    add_verified_metrics(family);
}

TransitionCase::TransitionCase(const assay::params& params)
    : frequencies_(params.str("frequencies"))
    , oscillators_(size_between(params, "n", {.least = 100, .most = 100'000})) {
    Distribution distribution = distribution_of(frequencies_, oscillators_);
    critical_ = kuramoto::critical_strength(distribution.at_centre);
    start_ = kuramoto::ott_antonsen_start(oscillators_, 0.3, RandomSource(params.seed()).unit());
    const Implementation impl = implementation_of(params);
    if (impl == Implementation::naive_n2) {
        throw assay::config_error("impl=naive_n2: expected assay or odeint");
    }
    for (const double ratio : kStrengthRatios) {
        solvers_.push_back(make_solver({distribution.omega, kuramoto::MeanField{ratio * critical_}},
                                       start_,
                                       {.impl = impl, .dt = kCurveStep}));
    }
    attach_config(params,
                  {{"n", std::to_string(oscillators_)},
                   {"frequencies", quoted(frequencies_)},
                   {"critical_strength", kuramoto::number_text(critical_)},
                   {"dt", kuramoto::number_text(kCurveStep)}});
}

double TransitionCase::settled_order(std::size_t point) {
    Solver& solver = *solvers_[point];
    for (int step = 0; step < kEarlySteps; ++step) {
        solver.step();
    }
    early_[point] = kuramoto::order_of(solver.phases()).r;
    for (int step = 0; step < kSettlingSteps; ++step) {
        solver.step();
    }
    double sum = 0;
    for (int step = 0; step < kMeanSteps; ++step) {
        solver.step();
        sum += kuramoto::order_of(solver.phases()).r;
    }
    return sum / kMeanSteps;
}

void TransitionCase::attach_curve(assay::context& host, const Curve& curve) const {
    std::string text = "strength_over_critical,strength,order\n";
    for (std::size_t point = 0; point < curve.size(); ++point) {
        text += kuramoto::number_text(kStrengthRatios[point]) + "," +
                kuramoto::number_text(kStrengthRatios[point] * critical_) + "," +
                kuramoto::number_text(curve[point]) + "\n";
    }
    host.attach("transition.csv", "text/csv", text);
}

// Lorentzian: the known order well above the critical strength. All: little below it, much above.
void TransitionCase::verify(assay::context& host) {
    Verified found;
    Curve curve{};
    for (std::size_t point = 0; point < curve.size(); ++point) {
        solvers_[point]->restart(start_);
        curve[point] = settled_order(point);
        const double ratio = kStrengthRatios[point];
        const std::string what = "order at " + kuramoto::number_text(ratio) + " Kc";
        if (ratio < 0.7) {
            hold(found, what, curve[point], 0, 3 / std::sqrt(static_cast<double>(oscillators_)));
        } else if (ratio > 1.3 && frequencies_ == "lorentzian") {
            hold(found,
                 what,
                 curve[point],
                 kuramoto::lorentzian_order(ratio * critical_, 0.5),
                 kCurveBound);
        } else if (ratio > 1.3) {
            hold(found, what, curve[point], 0.8, 0.2);
        }
    }
    attach_curve(host, curve);
    report_verified(host, found);
}

void TransitionCase::prepare(assay::batch&) {
    for (const auto& solver : solvers_) {
        solver->restart(start_);
    }
}

void TransitionCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        for (std::size_t point = 0; point < curve_.size(); ++point) {
            if (done > 0) {
                solvers_[point]->restart(start_);
            }
            curve_[point] = settled_order(point);
        }
    }
    batch.done(done);
}

// The digest takes the order after 5 s: later, between alone and locked, oscillators are chaotic.
void TransitionCase::finish(assay::batch& batch, assay::context& host) {
    if (batch.done() == 0) {
        return;
    }
    batch.checksum(rounded_digest(early_));
    if (batch.is_warmup()) {
        return;
    }
    host.metric("order_below", curve_[kBelow]);
    host.metric("order_twice", curve_[kTwice]);
}

} // namespace assay::kuramoto_suite
