// <machine>/<commit>-<environment>.json. Version 1: results by name, numbers or {params, result,
// stats}; version 2: results by name, rows of "result_columns", trailing nulls cut.
#include "asv.hpp"
#include "import_formats/instants.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"

#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>

namespace asv {
namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;

std::vector<JsonNode> items(JsonNode array) {
    std::vector<JsonNode> all;
    for (const JsonNode one : array) {
        all.push_back(one);
    }
    return all;
}

JsonNode at(const std::vector<JsonNode>& all, std::size_t index) {
    return index < all.size() ? all[index] : JsonNode{};
}

// One benchmark's results of either version, by combination of its parameters.
class Row {
public:
    Row(JsonNode value, JsonNode columns)
        : second_(columns)
        , value_(value) {
        std::vector<JsonNode> cells = items(value);
        std::size_t index = 0;
        for (const JsonNode name : columns) {
            cells_.emplace(name.text(), at(cells, index++));
        }
        result_ = second_ ? cell("result") : value.is(JsonKind::object) ? value["result"] : value;
        results_ = items(result_);
        for (const std::string_view column : kColumns) {
            by_column_.push_back(items(second_ ? cell(column) : JsonNode{}));
        }
        statistics_ = items(second_ ? JsonNode{} : value["stats"]);
        samples_ = items(second_ ? cell("samples") : value["samples"]);
    }

    [[nodiscard]] JsonNode cell(std::string_view column) const {
        const auto found = cells_.find(column);
        return found == cells_.end() ? JsonNode{} : found->second;
    }

    [[nodiscard]] JsonNode parameters() const {
        return second_ ? cell("params") : value_["params"];
    }

    [[nodiscard]] bool several() const { return result_.is(JsonKind::array); }

    [[nodiscard]] std::size_t count() const { return several() ? results_.size() : 1; }

    [[nodiscard]] JsonNode result(std::size_t index) const {
        return several() ? at(results_, index) : result_;
    }

    // Quartiles and interval of the combination.
    void take_statistics(std::size_t index, assay::imported_metric& metric) const {
        const auto figure = [](JsonNode node) { return formats::number_or_unknown(node); };
        const JsonNode statistics = at(statistics_, index);
        const auto of_column = [&](std::size_t column) { return at(by_column_[column], index); };
        const JsonNode interval = statistics["ci_99"];
        const JsonNode low = interval ? *interval.begin() : of_column(2);
        const JsonNode high = interval.size() == 2 ? *++interval.begin() : of_column(3);
        metric.p25 = figure(second_ ? of_column(0) : statistics["q_25"]);
        metric.p75 = figure(second_ ? of_column(1) : statistics["q_75"]);
        metric.ci_lo = figure(low);
        metric.ci_hi = figure(high);
        metric.ci_level = 0.99;
        metric.iterations = formats::count_of(of_column(4));
    }

    [[nodiscard]] std::vector<double> samples(std::size_t index) const {
        std::vector<double> numbers;
        if (!formats::read_numbers(at(samples_, index), numbers)) {
            numbers.clear();
        }
        return numbers;
    }

private:
    static constexpr std::array<std::string_view, 5> kColumns{
        "stats_q_25", "stats_q_75", "stats_ci_99_a", "stats_ci_99_b", "stats_number"};

    bool second_; // version 2
    JsonNode value_, result_;
    std::map<std::string_view, JsonNode> cells_;
    std::vector<JsonNode> results_, statistics_, samples_;
    std::vector<std::vector<JsonNode>> by_column_;
};

// "'a'" is a.
std::string plain(std::string_view written) {
    const bool quoted = written.size() >= 2 && written.front() == written.back() &&
                        (written.front() == '\'' || written.front() == '"');
    return std::string(quoted ? written.substr(1, written.size() - 2) : written);
}

// The axes of the parameters, every one with its values.
std::vector<std::vector<JsonNode>> axes_of(JsonNode parameters) {
    std::vector<std::vector<JsonNode>> axes;
    for (const JsonNode axis : parameters) {
        axes.push_back(items(axis));
    }
    return axes;
}

// The combination of that number; the first parameter changes last.
assay::imported_facts combination(const std::vector<std::vector<JsonNode>>& axes,
                                  std::size_t index,
                                  const std::vector<std::string>& names) {
    assay::imported_facts facts(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
        const std::size_t count = std::max<std::size_t>(axes[i].size(), 1);
        const JsonNode value = at(axes[i], index % count);
        const bool named = i < names.size() && !names[i].empty();
        facts[i] = {named ? names[i] : "param" + std::to_string(i + 1), plain(value.text())};
        index /= count;
    }
    return facts;
}

void take_result(JsonNode result, const std::string& unit, assay::imported_case& row) {
    if (result.non_finite()) {
        row.status = assay::case_status::skipped;
        row.reason = "asv skipped it";
    } else if (const auto number = result.number()) {
        row.metrics.push_back(metric_in_unit(unit));
        row.metrics.back().median = formats::unit_of(unit == "unit" ? "" : unit).to_base(*number);
    } else {
        row.status = assay::case_status::failed;
        row.reason = "asv has no result: it failed, or took too long";
    }
}

struct Benchmark {
    std::string_view name;
    std::string unit;
    Definition definition;
    bool outdated = false; // measured with another version than the definition is
};

void add_benchmark(const Benchmark& benchmark, const Row& row, assay::import_output& out) {
    const std::vector<std::vector<JsonNode>> axes = axes_of(row.parameters());
    for (std::size_t i = 0; i < row.count(); ++i) {
        assay::imported_case made = case_named(benchmark.name);
        if (row.several()) {
            made.parameters = combination(axes, i, benchmark.definition.parameter_names);
        }
        if (benchmark.outdated) {
            made.status = assay::case_status::unavailable;
            made.reason = "measured with another version of the benchmark than benchmarks.json has";
        } else {
            take_result(row.result(i), benchmark.unit, made);
        }
        if (!made.metrics.empty()) {
            made.metrics.back().samples = row.samples(i);
            row.take_statistics(i, made.metrics.back());
        }
        out.add(made);
    }
}

// Of version 2, the earliest start; milliseconds.
std::optional<std::int64_t> measured_at(JsonNode results, JsonNode columns) {
    std::optional<double> first;
    for (const JsonNode value : results) {
        const auto started = Row(value, columns).cell("started_at").number();
        if (started && (!first || *started < *first)) {
            first = started;
        }
    }
    return first ? formats::instant_from_milliseconds(*first) : std::nullopt;
}

// One machine said "8.2G" and, in later files, 8804682956.8 (bytes). Digits alone are left: nobody
// says what they count.
std::optional<std::int64_t> memory_of(JsonNode told) {
    constexpr std::string_view kPrefixes = "KMGT";
    constexpr double kKi = 1024;
    std::optional<double> bytes = told.number();
    const std::string_view text = told.text();
    if (told.is(JsonKind::string) && !text.empty()) {
        const std::size_t power = kPrefixes.find(text.back());
        const auto number = formats::read_number(text.substr(0, text.size() - 1));
        bytes = power != std::string_view::npos && number
                    ? std::optional(*number * std::pow(kKi, static_cast<double>(power + 1)))
                    : std::nullopt;
    }
    constexpr double kBytesMax = 1e18;
    return bytes && *bytes >= 0 && *bytes < kBytesMax
               ? std::optional<std::int64_t>(std::llround(*bytes))
               : std::nullopt;
}

assay::imported_run run_of(JsonNode root) {
    assay::imported_run run;
    run.tool = "asv";
    run.commit = root["commit_hash"].text();
    if (const auto date = root["date"].number()) {
        run.commit_time = formats::instant_from_milliseconds(*date);
    }
    run.date = measured_at(root["results"], root["result_columns"]);
    const JsonNode facts = root["params"];
    run.machine = facts["machine"].text();
    for (const char* const key : {"machine", "cpu", "arch", "num_cpu"}) {
        formats::add_fact(run.hardware, key, facts[key]);
    }
    if (const auto bytes = memory_of(facts["ram"])) {
        run.hardware.emplace_back("ram", *bytes);
    } else {
        formats::add_fact(run.hardware, "ram", facts["ram"]);
    }
    formats::add_fact(run.environment, "os", facts["os"]);
    formats::add_fact(run.environment, "python", root["python"]);
    formats::add_fact(run.environment, "env_name", root["env_name"]);
    for (const char* const group : {"requirements", "env_vars"}) {
        for (const JsonNode one : root[group]) {
            formats::add_fact(run.environment, one.key(), one);
        }
    }
    return run;
}

// Of version 1 in a list of its own; of version 2 in the rows.
std::map<std::string_view, std::string_view> versions_of(JsonNode root) {
    std::map<std::string_view, std::string_view> versions;
    for (const JsonNode version : root["benchmark_version"]) {
        versions.emplace(version.key(), version.text());
    }
    return versions;
}

} // namespace

bool is_results(JsonNode root) {
    return root["commit_hash"].is(JsonKind::string) && root["results"].is(JsonKind::object) &&
           root["params"].is(JsonKind::object);
}

void add_results(JsonNode root, const Definitions& known, assay::import_output& out) {
    out.begin(run_of(root));
    const std::map<std::string_view, std::string_view> versions = versions_of(root);
    const JsonNode columns = root["result_columns"];
    for (const JsonNode value : root["results"]) {
        if (!value.complete() || value.key().empty()) {
            continue;
        }
        const Row row(value, columns);
        Benchmark benchmark{
            .name = value.key(), .unit = unit_by_name(value.key()), .definition = {}};
        if (const auto found = known.find(value.key()); found != known.end()) {
            benchmark.definition = found->second;
            if (!found->second.unit.empty()) {
                benchmark.unit = found->second.unit;
            }
            const auto listed = versions.find(value.key());
            const std::string_view version =
                listed == versions.end() ? row.cell("version").text() : listed->second;
            benchmark.outdated = !version.empty() && !found->second.version.empty() &&
                                 version != found->second.version;
        }
        add_benchmark(benchmark, row, out);
    }
}

} // namespace asv
