// What `asv run` prints:
//
//   [  0.00%] · For project commit 4238c44d <master>:
//   [  0.00%] ·· Benchmarking virtualenv-py2.7
//   [ 30.00%] ··· benchmarks.MemSuite.mem_list          2.42k
//   [ 35.00%] ··· benchmarks.TimeSuite.time_keys   11.1±0.01μs
#include "asv.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <optional>

namespace asv {
namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kDot = "\u00B7", kPlusMinus = "\u00B1";

// Behind "[ 30.00%] ··· "; nothing for other lines.
std::optional<std::string_view> message_of(std::string_view line) {
    const std::size_t close = line.find("%] ");
    if (!line.starts_with('[') || close == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view message = line.substr(close + 3);
    if (!message.starts_with(kDot)) {
        return std::nullopt;
    }
    while (message.starts_with(kDot)) {
        message.remove_prefix(kDot.size());
    }
    return formats::trimmed_text(message);
}

struct Logged {
    std::string_view name, value; // "module.time_it", "11.1±0.01μs" or "failed"
};

bool is_status(std::string_view value) {
    return value == "failed" || value == "skipped" || value == "ok" || value == "n/a" ||
           value == "timeout";
}

std::optional<Logged> result_in(std::string_view message) {
    const std::vector<std::string_view> words = formats::words_of(message);
    const bool named = words.size() == 2 && words[0].find('.') != std::string_view::npos &&
                       words[0].find_first_of("()[]/:") == std::string_view::npos &&
                       !words[0].ends_with('.');
    const bool valued =
        named && (is_status(words[1]) || (words[1][0] >= '0' && words[1][0] <= '9'));
    return valued ? std::optional(Logged{words[0], words[1]}) : std::nullopt;
}

// "2.42k": digits, then the rest.
struct Figure {
    double number = 0;
    std::string_view rest;
};

std::optional<Figure> figure_at(std::string_view text) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789.+-e"), text.size());
    const auto number = formats::read_number(text.substr(0, end));
    return number ? std::optional(Figure{*number, text.substr(end)}) : std::nullopt;
}

double scale_of(std::string_view prefix) {
    return prefix == "k" ? 1e3 : prefix == "M" ? 1e6 : prefix == "G" ? 1e9 : 1;
}

// nothing: the value is not one of asv's
std::optional<assay::imported_metric> metric_of(const Logged& logged) {
    const std::size_t sign = logged.value.find(kPlusMinus);
    const auto figure = figure_at(logged.value.substr(0, sign));
    if (!figure) {
        return std::nullopt;
    }
    if (sign == std::string_view::npos) { // memory, or something tracked: no unit but a prefix
        const bool prefixed = figure->rest.empty() || scale_of(figure->rest) > 1;
        if (!prefixed) { // a single time
            const formats::ToolUnit unit = formats::unit_of(figure->rest);
            if (unit.dimension != formats::Dimension::time) {
                return std::nullopt;
            }
            return formats::figure_metric("time", figure->rest, figure->number);
        }
        assay::imported_metric metric = metric_in_unit(unit_by_name(logged.name));
        metric.median = figure->number * scale_of(figure->rest);
        return metric;
    }
    const auto spread = figure_at(logged.value.substr(sign + kPlusMinus.size()));
    const formats::ToolUnit unit = formats::unit_of(spread ? spread->rest : std::string_view{});
    if (!spread || unit.dimension != formats::Dimension::time) {
        return std::nullopt;
    }
    assay::imported_metric metric = formats::metric_in("time", unit, spread->rest);
    metric.median = unit.to_base(figure->number);
    metric.stddev = unit.to_base(spread->number);
    return metric;
}

void take_status(std::string_view value, assay::imported_case& row) {
    if (value == "skipped" || value == "n/a") {
        row.status = assay::case_status::skipped;
        row.reason = "asv skipped it";
    } else if (value == "ok") {
        row.status = assay::case_status::unavailable;
        row.reason = "its table of parameters is not read from a log; import the folder of results";
    } else {
        row.status = assay::case_status::failed;
        row.reason = "asv says " + std::string(value);
    }
}

class LogReader {
public:
    explicit LogReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        formats::TextLines lines(bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            const auto message = message_of(line->text);
            if (message && !line->ended) {
                throw assay::damaged("line " + std::to_string(line->number) +
                                     ": the last line was cut off");
            }
            if (message) {
                take(*message);
            }
        }
    }

private:
    void take(std::string_view message) {
        constexpr std::string_view kCommit = " commit ", kBenchmarking = "Benchmarking ";
        const std::size_t commit = message.find(kCommit);
        if (message.starts_with("For ") && commit != std::string_view::npos) {
            take_commit(message.substr(commit + kCommit.size()));
        } else if (message.starts_with(kBenchmarking)) {
            environment_ = message.substr(kBenchmarking.size());
            changed_ = true;
        } else if (const auto logged = result_in(message)) {
            add(*logged);
        }
    }

    // "4238c44d <master>:"
    void take_commit(std::string_view text) {
        const std::vector<std::string_view> words = formats::words_of(text);
        commit_.clear();
        branch_.clear();
        if (!words.empty()) {
            const std::string_view hash = words[0];
            commit_ = hash.ends_with(':') ? hash.substr(0, hash.size() - 1) : hash;
        }
        const std::size_t open = text.find('<'), close = text.find('>');
        if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
            branch_ = text.substr(open + 1, close - open - 1);
        }
        changed_ = true;
    }

    void add(const Logged& logged) {
        assay::imported_case row = case_named(logged.name);
        if (is_status(logged.value)) {
            take_status(logged.value, row);
        } else if (auto metric = metric_of(logged)) {
            row.metrics.push_back(std::move(*metric));
        } else {
            return;
        }
        if (changed_) {
            changed_ = false;
            assay::imported_run run;
            run.tool = "asv";
            run.commit = commit_;
            run.branch = branch_;
            if (!environment_.empty()) {
                run.environment.emplace_back("env_name", environment_);
            }
            out_.begin(run);
        }
        out_.add(row);
    }

    assay::import_output& out_;
    std::string commit_, branch_, environment_;
    bool changed_ = true;
};

} // namespace

int probe_log(std::string_view head) {
    const std::size_t results = formats::lines_like(head, [](std::string_view line) {
        const auto message = message_of(line);
        return message && result_in(*message);
    });
    return results > 0 ? 92 : 0;
}

void parse_log(std::string_view bytes, assay::import_output& out) {
    LogReader(out).read(bytes);
}

} // namespace asv
