#include "work_precision_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "observables.hpp"
#include "planning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::size_t kTrueSteps = 4096; // of ETDRK4
constexpr std::array<std::size_t, 7> kCurve{8, 16, 32, 64, 128, 256, 512};
constexpr std::size_t kFewestSteps = 4, kMostSteps = 65'536;
constexpr double kLeastSingleGoal = 1e-6;
constexpr double kRounding = 1e-11, kSingleRounding = 1e-4; // errors below are not the method's
constexpr double kOrderSlack = 0.4;

double goal_of(const assay::params& params, bool single) {
    const double goal = params.f64("error");
    if (!(goal >= 1e-11 && goal <= 1e-1)) {
        throw assay::config_error("error is " + std::to_string(goal) + ", expected 1e-11 to 0.1");
    }
    if (single && goal < kLeastSingleGoal) {
        throw assay::config_error(
            "error is below 1e-6, which single precision cannot reach; expected dtype=f64");
    }
    return goal;
}

SubjectOptions precision_options(const assay::params& params) {
    return {.single_precision = is_single(params),
            .grid = {.n = 32, .length = 20},
            .equation = {.c1 = 1, .c2 = -0.5},
            .stepping = {.method = method_from(params.str("method"))},
            .begin = InitialField::smooth,
            .warm_steps = 0,
            .seed = params.seed()};
}

double order_of(Method method) {
    return method == Method::strang || method == Method::etd2rk ? 2 : 4;
}

std::string line_of(const WorkPoint& point, std::size_t pairs) {
    std::array<char, 96> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%zu,%.6e,%zu,%.6e\n",
                  point.steps,
                  point.error,
                  pairs,
                  point.seconds);
    return text.data();
}

} // namespace

void add_work_precision(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<WorkPrecisionCase>("work_precision", assay::shape::independent);
    family.help("until T = 1 with as few steps as the error allows: n 32, box 20, c1 1, c2 -0.5")
        .tags("field", "fft", "accuracy");
    family.axis("error", {1e-3, 1e-6, 1e-9})
        .help("largest |A - true A| that is allowed at T = 1")
        .quick({1e-6});
    family.axis("method", {"strang", "etd2rk", "etdrk4", "ifrk4"})
        .help("how it is stepped")
        .variant("strang")
        .quick({"strang", "etdrk4"});
    family.axis("dtype", {"f64", "f32"}).help("precision of the field").quick(1).standard(1);
    family.metric("steps_needed", "{step}", assay::lower, assay::last)
        .help("fewest steps to T = 1 whose error is allowed");
    family.metric("pairs_needed", "{pair}", assay::lower, assay::last)
        .help("pairs of transforms in those steps");
    family.metric("error_reached", "1", assay::lower, assay::last)
        .help("largest |A - true A| with them; true: ETDRK4 with 4096 steps in f64");
}

WorkPrecisionCase::WorkPrecisionCase(const assay::params& params)
    : host_(params.context())
    , options_(precision_options(params))
    , goal_(goal_of(params, options_.single_precision))
    , end_(options_.grid.points()) {
    const Planning planning(params);
    options_.plans.effort = planning.options().effort;
    SubjectOptions exact = with_steps(kTrueSteps);
    exact.single_precision = false;
    exact.stepping.method = Method::etdrk4;
    make_subject(exact)->evolve(kTrueSteps, truth_);
    steps_ = steps_needed();
    subject_ = make_subject(with_steps(steps_));
    planning.done();
}

SubjectOptions WorkPrecisionCase::with_steps(std::size_t steps) const {
    SubjectOptions options = options_;
    options.stepping.dt = 1 / static_cast<double>(steps);
    return options;
}

WorkPoint WorkPrecisionCase::point_of(std::size_t steps) {
    const auto subject = make_subject(with_steps(steps));
    const std::uint64_t begin = host_.now_ns();
    subject->evolve(steps, end_);
    const double seconds = 1e-9 * static_cast<double>(host_.now_ns() - begin);
    return {.steps = steps, .error = largest_difference(end_, truth_), .seconds = seconds};
}

std::size_t WorkPrecisionCase::steps_needed() {
    std::size_t enough = kFewestSteps, few = 0;
    double least = INFINITY;
    for (;; few = enough, enough *= 2) {
        if (enough > kMostSteps || host_.cancelled()) {
            std::array<char, 32> text{};
            std::snprintf(text.data(), text.size(), "%.2g", least);
            throw assay::unavailable("no number of steps up to 65536 has an error as small: " +
                                     std::string(text.data()) + " is the least");
        }
        const double error = point_of(enough).error;
        least = std::fmin(least, error);
        if (error <= goal_) {
            break;
        }
    }
    while (few != 0 && enough - few > 1) {
        const std::size_t middle = few + (enough - few) / 2;
        (point_of(middle).error <= goal_ ? enough : few) = middle;
    }
    return enough;
}

void WorkPrecisionCase::attach_curve(assay::context& host) {
    const double order = order_of(options_.stepping.method);
    const double rounding = options_.single_precision ? kSingleRounding : kRounding;
    std::string text = "steps,error,pairs,seconds\n";
    double before = 0;
    for (const std::size_t steps : kCurve) {
        const WorkPoint point = point_of(steps);
        text += line_of(point, steps * fft_pairs(options_.stepping.method));
        if (before > 0 && point.error > rounding &&
            !(std::log2(before / point.error) > order - kOrderSlack)) {
            throw assay::wrong_result("twice as many steps, " + std::to_string(steps) +
                                      ", divide the error by " +
                                      std::to_string(before / point.error) + ", expected " +
                                      std::to_string(std::exp2(order)));
        }
        before = point.error;
    }
    host.attach("work_precision.csv", "text/csv", text);
}

void WorkPrecisionCase::verify(assay::context& host) {
    attach_config(host, with_steps(steps_), {{"duration", "1"}});
    subject_->verify();
    attach_curve(host);
    subject_->evolve(steps_, end_);
    error_ = largest_difference(end_, truth_);
    if (!(error_ <= goal_)) {
        throw assay::wrong_result("the error is " + std::to_string(error_) +
                                  " with the steps that were found to be enough");
    }
}

void WorkPrecisionCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        subject_->evolve(steps_, end_);
    }
    batch.done(done);
}

void WorkPrecisionCase::finish(assay::batch& batch, assay::context& host) {
    if (batch.done() == 0) {
        return;
    }
    batch.checksum(rounded_digest(field_means(end_).norm));
    if (batch.is_warmup()) {
        return;
    }
    host.metric("steps_needed", static_cast<double>(steps_));
    host.metric("pairs_needed", static_cast<double>(steps_ * fft_pairs(options_.stepping.method)));
    host.metric("error_reached", largest_difference(end_, truth_));
}

} // namespace assay::cgl
