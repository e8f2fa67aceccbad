// # TYPE assay_time_seconds gauge
// # UNIT assay_time_seconds seconds
// # HELP assay_time_seconds time, lower is better
// assay_time_seconds{case="sums/add[n=64]",suite="sums",family="add",n="64",platform="lab"} 1.2e-06
// # EOF
//
// https://github.com/prometheus/OpenMetrics: every line of a family stands together.
#include "support/text.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

namespace assay::tracking {
namespace {

using Labels = std::vector<std::pair<std::string, std::string>>;

// [a-zA-Z_][a-zA-Z0-9_]*
std::string open_name(std::string_view text) {
    std::string name;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool digit = c >= '0' && c <= '9';
        if (digit && name.empty()) {
            name += '_';
        }
        name += letter || digit ? c : '_';
    }
    return name;
}

// Of labels and HELP: \\, \" and \n.
std::string open_escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\' || c == '"') {
            escaped += '\\';
        }
        escaped += c == '\n' ? "\\n" : std::string(1, c);
    }
    return escaped;
}

std::string open_labels(const Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        text += (text.empty() ? "{" : ",") + name + "=\"" + open_escaped(value) + "\"";
    }
    return text.empty() ? text : text + "}";
}

// What a name ends with, and its UNIT; empty: a bare number.
std::string open_unit(std::string_view unit) {
    if (unit == "s") {
        return "seconds";
    }
    if (unit == "1" || unit.empty()) {
        return {};
    }
    if (unit == "%") {
        return "percent";
    }
    std::string shown(unit == "By" || unit.starts_with("By/")
                          ? "bytes" + std::string(unit.substr(2))
                          : shown_unit(unit));
    const std::size_t slash = shown.find('/');
    if (slash != std::string::npos) {
        const std::string over = shown.substr(0, slash), under = shown.substr(slash + 1);
        shown = (over == "1" ? "" : over + "_") + "per_" + (under == "s" ? "second" : under);
    }
    return open_name(shown);
}

// What the end of a name cannot tell exactly stands in its HELP, for importers too.
std::string in_unit(std::string_view unit) {
    const bool told = unit == "s" || unit == "1" || unit == "By" || unit == "%" || unit.empty();
    return told ? std::string() : " in " + std::string(unit);
}

// "1760000060.25": seconds, to the last digit of the nanosecond that is there.
std::string open_time(std::int64_t nanoseconds) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    char digits[40];
    const int length = std::snprintf(digits,
                                     sizeof digits,
                                     "%lld.%09lld",
                                     static_cast<long long>(nanoseconds / kSecond),
                                     static_cast<long long>(nanoseconds % kSecond));
    std::string text(digits, static_cast<std::size_t>(length));
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text + "0" : text;
}

struct OpenFamily {
    std::string type, unit, help;
    std::string better = {}; // "lower", "higher", "none"; empty: nobody asks
    std::vector<std::pair<std::string, std::string>> lines = {}; // name and labels, and the rest
};

struct OpenGauge {
    std::string stem, unit, help; // "assay_time", "seconds"
    std::string better;
};

class OpenText {
public:
    explicit OpenText(bool with_times)
        : with_times_(with_times) {}

    void take(const history::Run& run) {
        time_ = with_times_ ? " " + open_time(run.started) : "";
        Labels about{{"run", run.uuid}, {"platform", run.platform.label}};
        if (!run.git.sha.empty()) {
            about.emplace_back("commit", run.git.sha);
        }
        if (!run.git.branch.empty()) {
            about.emplace_back("branch", run.git.branch);
        }
        line("assay_run", "_info", about, "1", {.type = "info", .unit = {}, .help = "a run"});
        for (const ExportedCase& one : exported_cases(run)) {
            take_case(one, run.platform.label);
        }
    }

    [[nodiscard]] ExportText finish() && {
        for (const std::string& name : order_) {
            OpenFamily& family = families_[name];
            // Points of one line stand together, in time order as they were taken.
            std::ranges::stable_sort(family.lines, {}, [](const auto& one) { return one.first; });
            made_.text += "# TYPE " + name + " " + family.type + "\n";
            made_.text += family.unit.empty() ? "" : "# UNIT " + name + " " + family.unit + "\n";
            made_.text += "# HELP " + name + " " + open_escaped(family.help) + "\n";
            for (const auto& [identity, point] : family.lines) {
                made_.text += identity + point;
            }
        }
        made_.text += "# EOF\n";
        return std::move(made_);
    }

private:
    void take_case(const ExportedCase& one, const std::string& platform) {
        Labels labels{
            {"case", one.id}, {"suite", one.suite}, {"family", one.family}, {"platform", platform}};
        for (const auto& [axis, value] : one.axes) {
            const std::string name = open_name(axis);
            const bool taken = std::ranges::any_of(
                labels, [&name](const auto& label) { return label.first == name; });
            labels.emplace_back(taken ? "axis_" + name : name, value);
        }
        made_.left_out.add("metrics without a figure", one.without_figure);
        Labels standing = labels;
        standing.emplace_back(
            "status",
            one.failure == nullptr ? "passed" : std::string(measure::name_of(one.failure->status)));
        line("assay_case_passed",
             "",
             standing,
             one.failure == nullptr ? "1" : "0",
             {.type = "gauge", .unit = {}, .help = "1 where the case passed"});
        made_.left_out.add("reasons why cases did not pass", one.failure != nullptr ? 1 : 0);
        for (const history::Point* point : one.points) {
            take_point(*point, labels);
        }
    }

    void take_point(const history::Point& point, const Labels& labels) {
        const history::Series& series = point.series;
        const history::Figures& figures = *point.figures;
        const std::string better =
            series.direction == measure::Direction::none
                ? std::string()
                : ", " + std::string(measure::name_of(series.direction)) + " is better";
        const OpenGauge gauge{.stem = "assay_" + open_name(series.metric),
                              .unit = open_unit(series.unit),
                              .help = series.metric + in_unit(series.unit) + better,
                              .better = std::string(measure::name_of(series.direction))};
        put(gauge, "", figures.center, labels);
        const std::array<std::pair<const char*, std::optional<double>>, 7> others{
            {{"_lo", figures.lo},
             {"_hi", figures.hi},
             {"_spread", figures.spread},
             {"_min", figures.min},
             {"_max", figures.max},
             {"_p95", figures.p95},
             {"_p99", figures.p99}}};
        for (const auto& [suffix, figure] : others) {
            if (figure) {
                put(gauge, suffix, *figure, labels);
            }
        }
        made_.left_out.add("samples", observations(point).size());
    }

    void put(const OpenGauge& gauge, const std::string& suffix, double figure, const Labels& to) {
        const std::string help = gauge.help + (suffix.empty() ? "" : ": " + suffix.substr(1));
        const std::string end = suffix + (gauge.unit.empty() ? "" : "_" + gauge.unit);
        // A family has one HELP, which says the direction: a rate of hits is none of failures.
        const auto known = families_.find(gauge.stem + end);
        const bool is_other = known != families_.end() && known->second.better != gauge.better;
        line(gauge.stem + (is_other ? "_" + gauge.better : "") + end,
             "",
             to,
             shortest(figure),
             {.type = "gauge", .unit = gauge.unit, .help = help, .better = gauge.better});
    }

    void line(const std::string& name,
              const std::string& suffix,
              const Labels& labels,
              const std::string& value,
              OpenFamily family) {
        const std::string identity = name + suffix + open_labels(labels);
        if (!seen_.insert(identity + time_).second) {
            made_.left_out.add("figures of the same name, labels and time as another");
            return;
        }
        const auto [at, is_new] = families_.try_emplace(name, std::move(family));
        if (is_new) {
            order_.push_back(name);
        }
        at->second.lines.emplace_back(identity, " " + value + time_ + "\n");
    }

    bool with_times_;
    std::string time_; // of the run that is taken, with its blank
    std::map<std::string, OpenFamily> families_;
    std::vector<std::string> order_;
    std::set<std::string> seen_;
    ExportText made_;
};

} // namespace

ExportText openmetrics_text(std::span<const ExportedRun> runs) {
    std::vector<const history::Run*> in_order;
    for (const ExportedRun& exported : runs) {
        in_order.push_back(&exported.run);
    }
    // Points of one line must not go back in time.
    std::ranges::stable_sort(in_order, {}, &history::Run::started);
    OpenText text(runs.size() > 1);
    for (const history::Run* run : in_order) {
        text.take(*run);
    }
    return std::move(text).finish();
}

} // namespace assay::tracking
