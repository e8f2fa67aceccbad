#include "statistics/distributions.hpp"

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <numbers>

namespace assay::statistics {
namespace {

namespace policies = boost::math::policies;
using Policy = policies::policy<policies::promote_double<false>,
                                policies::overflow_error<policies::ignore_error>,
                                policies::underflow_error<policies::ignore_error>>;
using StudentT = boost::math::students_t_distribution<double, Policy>;
using FisherF = boost::math::fisher_f_distribution<double, Policy>;

} // namespace

double two_sided_t(double t, double degrees) {
    if (std::isinf(t)) {
        return 0;
    }
    return 2 * boost::math::cdf(StudentT(degrees), -std::abs(t));
}

double quantile_t(double p, double degrees) {
    return boost::math::quantile(StudentT(degrees), p);
}

double two_sided_normal(double z) noexcept {
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

double upper_tail_f(double f, double degrees_above, double degrees_below) {
    if (std::isinf(f)) {
        return 0;
    }
    return boost::math::cdf(boost::math::complement(FisherF(degrees_above, degrees_below), f));
}

} // namespace assay::statistics
