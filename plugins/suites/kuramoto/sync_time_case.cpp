#include "sync_time_case.hpp"

#include "kuramoto/known_solutions.hpp"
#include "kuramoto/number_text.hpp"
#include "kuramoto/order.hpp"
#include "random_source/random_source.hpp"
#include "verification.hpp"

#include <array>
#include <cmath>
#include <string>

namespace assay::kuramoto_suite {
namespace {

constexpr double kHalfWidth = 0.5; // gamma, rad/s: Kc = 1
constexpr double kStartOrder = 0.1, kShare = 0.9;
constexpr double kLongest = 200; // s of the model
constexpr int kPathChecks = 20;  // times at which r is held to the known one
// Times 1 / sqrt(N): how far N oscillators may be from infinitely many.
constexpr double kFiniteSize = 1.5;

double goal_of(double strength) {
    return kShare * kuramoto::lorentzian_order(strength, kHalfWidth);
}

// When infinitely many reach this order.
double known_time(double strength, double order) {
    const double a = strength / 2 - kHalfWidth, b = strength / 2;
    const double left = a / (order * order) - b;
    return std::log((a / (kStartOrder * kStartOrder) - b) / left) / (2 * a);
}

Inputs lorentzian_inputs(std::size_t n, double strength, std::uint64_t seed) {
    return {{kuramoto::lorentzian_frequencies(n, kHalfWidth), kuramoto::MeanField{strength}},
            kuramoto::ott_antonsen_start(n, kStartOrder, RandomSource(seed).unit())};
}

} // namespace

void add_sync_time(assay::suite& suite) {
    assay::family_builder family = suite.custom<SyncTimeCase>("sync_time", assay::shape::single);
    family.help("from order 0.1 to 0.9 of the order at which Lorentzian frequencies end")
        .tags("nfcs", "oscillators");
    family.axis("n", {100, 1000, 10'000}).unit("{osc}").help("oscillators").quick({1000});
    family.axis("strength", {1.5, 2.0, 4.0})
        .unit("rad/s")
        .help("K; they begin to agree at 1")
        .quick({2.0})
        .standard({1.5, 4.0});
    family.axis("impl", {"assay", "odeint"})
        .help("this library, or Boost.Odeint with the same right-hand side")
        .variant("odeint");
    family.metric("sync_time", "s", assay::lower, assay::mean)
        .help("time of the model until r is 0.9 of what it ends at");
    family.metric("known_sync_time", "s", assay::no_direction, assay::last)
        .help("of infinitely many oscillators, by Ott and Antonsen")
        .derived();
    family.metric("final_order", "1", assay::no_direction, assay::last)
        .help("r at which infinitely many end, sqrt(1 - 1 / K)")
        .derived();
    add_verified_metrics(family);
}

SyncTimeCase::SyncTimeCase(const assay::params& params)
    : strength_(number_between(params, "strength", {.least = 1.1, .most = 100}))
    , inputs_(lorentzian_inputs(
          size_between(params, "n", {.least = 20, .most = 1'000'000}), strength_, params.seed())) {
    const Implementation impl = implementation_of(params);
    if (impl == Implementation::naive_n2) {
        throw assay::config_error("impl=naive_n2: expected assay or odeint");
    }
    solver_ = make_solver(inputs_.problem, inputs_.start, {.impl = impl});
    attach_config(params,
                  {{"n", std::to_string(inputs_.start.size())},
                   {"strength", kuramoto::number_text(strength_)},
                   {"half_width", kuramoto::number_text(kHalfWidth)},
                   {"start_order", kuramoto::number_text(kStartOrder)},
                   {"goal", kuramoto::number_text(goal_of(strength_))},
                   {"dt", kuramoto::number_text(kStep)}});
}

std::optional<double> SyncTimeCase::synchronise() {
    const double goal = goal_of(strength_);
    double last = kuramoto::order_of(solver_->phases()).r;
    while (solver_->time() < kLongest) {
        const double before = solver_->time();
        solver_->step();
        const double now = kuramoto::order_of(solver_->phases()).r;
        if (now >= goal) {
            return before + (solver_->time() - before) * (goal - last) / (now - last);
        }
        last = now;
    }
    return std::nullopt;
}

void SyncTimeCase::verify(assay::context& host) {
    Verified found;
    solver_->restart(inputs_.start);
    const double bound = kFiniteSize / std::sqrt(static_cast<double>(inputs_.start.size()));
    const double until = known_time(strength_, goal_of(strength_));
    for (int check = 1; check <= kPathChecks; ++check) {
        while (solver_->time() < until * check / kPathChecks) {
            solver_->step();
        }
        const double known =
            kuramoto::ott_antonsen_order(solver_->time(), {strength_, kHalfWidth, kStartOrder});
        hold(found,
             "order at t = " + kuramoto::number_text(solver_->time()),
             kuramoto::order_of(solver_->phases()).r,
             known,
             bound);
    }
    report_verified(host, found);
}

void SyncTimeCase::prepare(assay::batch&) {
    solver_->restart(inputs_.start);
    reached_.reset();
}

void SyncTimeCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        if (done > 0) {
            solver_->restart(inputs_.start);
        }
        reached_ = synchronise();
    }
    batch.done(done);
}

void SyncTimeCase::finish(assay::batch& batch, assay::context& host) {
    if (batch.done() == 0) {
        return;
    }
    if (!reached_) {
        throw assay::failure(ASSAY_E_FAIL,
                             "order " + kuramoto::number_text(goal_of(strength_)) +
                                 " was not reached in " + kuramoto::number_text(kLongest) +
                                 " s of the model");
    }
    batch.checksum(rounded_digest(std::array{*reached_}));
    if (batch.is_warmup()) {
        return;
    }
    host.metric("sync_time", *reached_);
    host.metric("known_sync_time", known_time(strength_, goal_of(strength_)));
    host.metric("final_order", kuramoto::lorentzian_order(strength_, kHalfWidth));
}

} // namespace assay::kuramoto_suite
