#include "own_export.hpp"

#include "import_formats/instants.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace openmetrics {
namespace {

namespace formats = assay::import_formats;

constexpr double kMilliseconds = 1000;

std::string label_of(const Sample& sample, std::string_view name) {
    for (const auto& [label, value] : sample.labels) {
        if (label == name) {
            return value;
        }
    }
    return {};
}

int hexadecimal(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// "%5B" in ids.
std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() &&
                            hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0;
        if (escape) {
            plain += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

assay::imported_value axis_value(std::string_view written) {
    std::int64_t number = 0;
    const auto read = std::from_chars(written.data(), written.data() + written.size(), number);
    const bool whole = read.ec == std::errc() && read.ptr == written.data() + written.size();
    if (whole && std::to_string(number) == written) {
        return number;
    }
    return decoded(written);
}

// "sums/add[n=64,dtype=f32]": the axes, in their order.
assay::imported_facts axes_of(std::string_view id) {
    assay::imported_facts axes;
    const std::size_t open = id.find('[');
    if (open == std::string_view::npos || !id.ends_with(']')) {
        return axes;
    }
    std::string_view rest = id.substr(open + 1, id.size() - open - 2);
    while (!rest.empty()) {
        const std::string_view axis = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(axis.size() + 1, rest.size()));
        const std::size_t equals = axis.find('=');
        if (equals != std::string_view::npos) {
            axes.emplace_back(decoded(axis.substr(0, equals)), axis_value(axis.substr(equals + 1)));
        }
    }
    return axes;
}

assay::case_status status_named(std::string_view name) {
    using assay::case_status;
    for (const case_status status : {case_status::passed,
                                     case_status::skipped,
                                     case_status::failed,
                                     case_status::wrong_result,
                                     case_status::timed_out,
                                     case_status::crashed,
                                     case_status::cancelled}) {
        if (assay::name_of(status) == name) {
            return status;
        }
    }
    return case_status::unavailable;
}

// What HELP says: "items_rate in 1/s, higher is better: lo".
struct Told {
    std::string key, unit, figure; // `figure`: empty is the centre
    assay::direction better = assay::no_direction;
};

bool cut(std::string& text, std::string_view end) {
    if (!text.ends_with(end)) {
        return false;
    }
    text.resize(text.size() - end.size());
    return true;
}

Told told_by(const Family& family) {
    constexpr std::array<std::string_view, 7> kFigures{
        "lo", "hi", "spread", "min", "max", "p95", "p99"};
    Told told{.key = family.help, .unit = {}, .figure = {}};
    for (const std::string_view figure : kFigures) {
        if (cut(told.key, ": " + std::string(figure))) {
            told.figure = figure;
            break;
        }
    }
    told.better = cut(told.key, ", lower is better")    ? assay::lower
                  : cut(told.key, ", higher is better") ? assay::higher
                                                        : assay::no_direction;
    const std::size_t in = told.key.rfind(" in ");
    if (in != std::string::npos) {
        told.unit = told.key.substr(in + 4);
        told.key.resize(in);
    } else {
        told.unit = family.unit == "seconds"   ? "s"
                    : family.unit == "bytes"   ? "By"
                    : family.unit == "percent" ? "%"
                                               : "1";
    }
    std::ranges::replace_if(
        told.key,
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.');
        },
        '_');
    return told;
}

double& figure_in(assay::imported_metric& metric, const std::string& name) {
    return name == "lo"       ? metric.ci_lo
           : name == "hi"     ? metric.ci_hi
           : name == "spread" ? metric.stddev
           : name == "min"    ? metric.min
           : name == "max"    ? metric.max
           : name == "p95"    ? metric.p95
           : name == "p99"    ? metric.p99
                              : metric.median;
}

void put(assay::imported_case& row, const Told& told, double value) {
    auto metric = std::ranges::find(row.metrics, told.key, &assay::imported_metric::key);
    if (metric == row.metrics.end()) {
        row.metrics.push_back(
            {.key = told.key, .unit = told.unit, .source_unit = told.unit, .better = told.better});
        metric = row.metrics.end() - 1;
    }
    figure_in(*metric, told.figure) = value;
}

} // namespace

bool OwnExport::take_run(const Sample& sample) {
    Run& run = runs_.emplace_back();
    run.timestamp = sample.timestamp;
    run.told.tool = "assay";
    run.told.commit = label_of(sample, "commit");
    run.told.branch = label_of(sample, "branch");
    run.told.machine = label_of(sample, "platform");
    if (sample.timestamp) {
        run.told.date = formats::instant_from_milliseconds(*sample.timestamp * kMilliseconds);
    }
    return true;
}

assay::imported_case& OwnExport::case_of(Run& run, const Sample& sample, const std::string& id) {
    const auto [at, is_new] = run.index.try_emplace(id, run.cases.size());
    if (is_new) {
        run.cases.push_back({.suite = decoded(label_of(sample, "suite")),
                             .name = decoded(label_of(sample, "family")),
                             .parameters = axes_of(id)});
    }
    return run.cases[at->second];
}

bool OwnExport::take(const Sample& sample,
                     const std::optional<std::pair<std::string, Family>>& family) {
    if (sample.name == "assay_run_info" && family && family->second.type == "info") {
        return take_run(sample);
    }
    const std::string id = label_of(sample, "case");
    if (!any() || !family || id.empty() || !sample.name.starts_with("assay_")) {
        return false;
    }
    const auto run = std::ranges::find(runs_, sample.timestamp, &Run::timestamp);
    if (run == runs_.end()) {
        return false;
    }
    assay::imported_case& row = case_of(*run, sample, id);
    if (sample.name == "assay_case_passed") {
        row.status = status_named(label_of(sample, "status"));
        row.reason = row.status == assay::case_status::passed ? "" : "the text does not say why";
    } else {
        put(row, told_by(family->second), sample.value);
    }
    return true;
}

void OwnExport::give(assay::import_output& out) const {
    for (const Run& run : runs_) {
        out.begin(run.told);
        for (assay::imported_case row : run.cases) {
            if (row.metrics.empty() && row.status == assay::case_status::passed) {
                row.status = assay::case_status::unavailable;
                row.reason = "the text has no figure of it";
            }
            out.add(row);
        }
    }
}

} // namespace openmetrics
