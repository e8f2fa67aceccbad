#include "history/run_check.hpp"

#include "history/digest.hpp"
#include "support/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace assay::history {

namespace {

constexpr char kSeparator = '\x1f'; // stands in no name that anybody types

Error refused(const Run& run, std::string what, std::string hint) {
    return {.kind = ErrorKind::config,
            .message = fmt::format("run {} is not recorded: {}", run.uuid, what),
            .hint = std::move(hint)};
}

std::string shortened(const std::string& name) {
    constexpr std::size_t kShown = 80;
    return name.size() <= kShown ? name : name.substr(0, kShown) + "...";
}

std::string named(const Series& series) {
    return fmt::format("'{}' of case '{}'", shortened(series.metric), shortened(series.case_id));
}

template <class Value>
bool finite(const std::optional<Value>& value) {
    return !value || std::isfinite(*value);
}

bool finite(const Figures& figures) {
    return std::isfinite(figures.center) && finite(figures.lo) && finite(figures.hi) &&
           finite(figures.spread) && finite(figures.min) && finite(figures.max) &&
           finite(figures.p95) && finite(figures.p99);
}

bool finite(const std::vector<double>& values) {
    return std::all_of(
        values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

bool finite(const Samples& samples) {
    const bool sketch = !samples.sketch ||
                        (std::isfinite(samples.sketch->min) && std::isfinite(samples.sketch->max) &&
                         finite(samples.sketch->quantiles));
    return sketch && finite(samples.launch_medians) &&
           std::all_of(samples.launches.begin(), samples.launches.end(), [](const auto& launch) {
               return finite(launch);
           });
}

bool is_time(const std::string& metric) {
    constexpr std::array<std::string_view, 5> kTimes{
        "time", "wall_time", "cpu_time", "setup_time", "first_iteration"};
    return std::find(kTimes.begin(), kTimes.end(), metric) != kTimes.end();
}

Status check_names(const Run& run, const Series& series) {
    if (series.metric.empty() || series.case_id.empty()) {
        return refused(run,
                       "a point has no name for its " +
                           std::string(series.metric.empty() ? "metric" : "case") + " (" +
                           named(series) + ")",
                       "name case and metric of every figure");
    }
    if (series.metric.size() > kMetricBytesMax || series.case_id.size() > kCaseBytesMax) {
        return refused(run,
                       fmt::format("the names of {} are too long: {} and {} bytes",
                                   named(series),
                                   series.metric.size(),
                                   series.case_id.size()),
                       fmt::format("a metric's name has at most {} bytes, a case id {}",
                                   kMetricBytesMax,
                                   kCaseBytesMax));
    }
    const Platform& platform = series.platform;
    const bool other =
        platform.fingerprint != run.platform.fingerprint || platform.label != run.platform.label;
    if (other && !(platform.fingerprint.empty() && platform.label.empty())) {
        return refused(run,
                       fmt::format("{} is of the platform {}, the run of {}",
                                   named(series),
                                   platform.label,
                                   run.platform.label),
                       "a run is of one platform; record two");
    }
    return {};
}

Status check_figures(const Run& run, const Point& point) {
    const bool passed = point.status == measure::CaseStatus::passed;
    if (passed != point.figures.has_value()) {
        return refused(run,
                       fmt::format("{} has status {} and {} figures",
                                   named(point.series),
                                   measure::name_of(point.status),
                                   passed ? "no" : "yet"),
                       "what passed has figures and nothing else has; a metric without a value is "
                       "unavailable");
    }
    if ((point.figures && !finite(*point.figures)) || !finite(point.samples)) {
        return refused(run,
                       "a figure or sample of " + named(point.series) + " is not a finite number",
                       "leave out what could not be measured: NaN and infinities are no figures");
    }
    if (point.figures && is_time(point.series.metric) && point.figures->center < 0) {
        return refused(
            run,
            fmt::format("{} is negative: {}", named(point.series), point.figures->center),
            "find out which clock went backwards");
    }
    return {};
}

void append(std::string& bytes, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    bytes.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

void append(std::string& bytes, const std::optional<double>& value) {
    bytes.push_back(value ? '+' : '-');
    append(bytes, value.value_or(0));
}

void append(std::string& bytes, const Figures& figures) {
    append(bytes, figures.center);
    for (const auto& figure : {figures.lo,
                               figures.hi,
                               figures.spread,
                               figures.min,
                               figures.max,
                               figures.p95,
                               figures.p99}) {
        append(bytes, figure);
    }
    bytes += fmt::format("{} {}", figures.n, figures.n_launches);
}

std::string content_of(const Run& run,
                       const std::vector<std::string>& identities,
                       const std::vector<std::size_t>& order) {
    std::string bytes = fmt::format(
        "{} {} {} {}\n", run.started, run.git.sha, run.platform.fingerprint, run.platform.label);
    for (const std::size_t i : order) {
        const Point& point = run.points[i];
        bytes += identities[i];
        bytes += measure::name_of(point.status);
        if (point.figures) {
            append(bytes, *point.figures);
        }
        bytes.push_back('\n');
    }
    std::vector<std::string> failures;
    for (const Failure& failure : run.failures) {
        failures.push_back(
            fmt::format("{}{}{}", failure.case_id, kSeparator, measure::name_of(failure.status)));
    }
    std::sort(failures.begin(), failures.end());
    for (const std::string& failure : failures) {
        bytes += failure + "\n";
    }
    return digest_bytes(sha256_of(bytes));
}

} // namespace

std::string identity_of(const Series& series) {
    std::string text;
    text.reserve(160);
    for (const std::string* part : {&series.case_id,
                                    &series.metric,
                                    &series.unit,
                                    &series.aggregate,
                                    &series.clock,
                                    &series.shape,
                                    &series.isolation}) {
        text += *part;
        text.push_back(kSeparator);
    }
    text.push_back(static_cast<char>('0' + static_cast<int>(series.direction)));
    return text;
}

Result<CheckedRun> check(const Run& run) {
    if (run.uuid.empty() || run.platform.fingerprint.empty()) {
        return refused(run,
                       std::string("it has no ") + (run.uuid.empty() ? "uuid" : "platform"),
                       "give every run both: figures of unknown machines cannot be compared");
    }
    if (!finite(run.host_score) || !finite(run.calibration)) {
        return refused(run, "its host score or calibration is not a finite number", "leave it out");
    }
    CheckedRun checked;
    checked.identities.reserve(run.points.size());
    for (const Point& point : run.points) {
        if (Status named_well = check_names(run, point.series); !named_well) {
            return named_well.error();
        }
        if (Status sound = check_figures(run, point); !sound) {
            return sound.error();
        }
        checked.identities.push_back(identity_of(point.series));
    }
    std::vector<std::size_t> order(run.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto& identities = checked.identities;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return identities[a] < identities[b];
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (identities[order[i]] == identities[order[i - 1]]) {
            return refused(
                run,
                named(run.points[order[i]].series) + " is there twice",
                "record one point per case and metric; several launches are its samples");
        }
    }
    checked.content = content_of(run, identities, order);
    return checked;
}

std::optional<std::string> clock_remark(const Run& run,
                                        std::optional<std::int64_t> started_before) {
    if (run.finished && *run.finished < run.started) {
        return "finished before it started";
    }
    // Runs may overlap; but what has ended began after the run recorded before it had begun, unless
    // the clock was set back or the run comes from elsewhere.
    const bool measured_here = run.kind != "import" && run.kind != "record";
    if (measured_here && started_before && run.finished.value_or(run.started) < *started_before) {
        return "ended before the run recorded before it had started";
    }
    return std::nullopt;
}

} // namespace assay::history
