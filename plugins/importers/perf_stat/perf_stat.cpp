// The importer "perf_stat": counters of `perf stat -x,` and `perf stat -j`.
//
//   1.23,msec,task-clock,1230000,100.00,0.998,CPUs utilized
//   {"counter-value" : "1.230000", "unit" : "msec", "event" : "task-clock", "pcnt-running" : 100.0}
#include "import_formats/delimited.hpp"
#include "import_formats/json_stream.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

struct Counter {
    std::string event, unit, derived_unit;
    std::optional<double> value, derived; // nothing: not counted
    double share = 100;                   // of the time in which it was counted
};

// "cpu_core/cycles/u", "cycles:u" are both about cycles.
bool is_known_event(std::string_view event) {
    constexpr std::array<std::string_view, 14> kKnown{"cycles",
                                                      "instructions",
                                                      "task-clock",
                                                      "cpu-clock",
                                                      "cache-misses",
                                                      "branch-misses",
                                                      "cache-references",
                                                      "branches",
                                                      "page-faults",
                                                      "context-switches",
                                                      "duration_time",
                                                      "cpu-migrations",
                                                      "user_time",
                                                      "system_time"};
    event = event.substr(0, event.find(':'));
    if (const std::size_t slash = event.find('/'); slash != std::string_view::npos) {
        event = event.substr(slash + 1, event.find('/', slash + 1) - slash - 1);
    }
    return std::ranges::find(kKnown, event) != kKnown.end();
}

bool is_uncounted(std::string_view value) {
    return value == "<not counted>" || value == "<not supported>";
}

// An event's name in the third place behind a value; what stands before are interval and place.
std::optional<Counter> counter_in(const std::vector<std::string>& cells) {
    constexpr std::size_t kBeforeMax = 4, kLeast = 5;
    for (std::size_t at = 0; at < kBeforeMax && at + kLeast <= cells.size(); ++at) {
        const std::string& event = cells[at + 2];
        const auto value = formats::read_number(cells[at]);
        const bool named = !event.empty() && !formats::read_number(event) && event.front() != '<' &&
                           !event.ends_with('%');
        if ((!value && !is_uncounted(cells[at])) || formats::read_number(cells[at + 1]) ||
            is_uncounted(cells[at + 1]) || !named) {
            continue;
        }
        Counter made{.event = event,
                     .unit = cells[at + 1],
                     .derived_unit = {},
                     .value = value,
                     .derived = {}};
        std::size_t next = at + 3;
        next += next < cells.size() && cells[next].ends_with('%') ? 1 : 0; // of -r
        if (next + 1 < cells.size()) {
            made.share = formats::read_number(cells[next + 1]).value_or(100);
        }
        if (next + 3 < cells.size()) {
            made.derived = formats::read_number(cells[next + 2]);
            made.derived_unit = cells[next + 3];
        }
        return made;
    }
    return std::nullopt;
}

std::optional<Counter> counter_in_line(std::string_view line) {
    for (const char delimiter : {',', ';', '|', '\t'}) {
        if (line.starts_with('#') || line.find(delimiter) == std::string_view::npos) {
            continue;
        }
        if (auto counter = counter_in(formats::split_cells(line, delimiter))) {
            return counter;
        }
    }
    return std::nullopt;
}

// A number, or a text that is one.
std::optional<double> number_of(JsonNode node) {
    return node.is(JsonKind::string) ? formats::read_number(formats::trimmed_text(node.text()))
                                     : node.number();
}

std::optional<Counter> counter_in(JsonNode root) {
    if (!root["counter-value"] || !root["event"].is(JsonKind::string)) {
        return std::nullopt;
    }
    return Counter{.event = std::string(root["event"].text()),
                   .unit = std::string(root["unit"].text()),
                   .derived_unit = std::string(root["metric-unit"].text()),
                   .value = number_of(root["counter-value"]),
                   .derived = number_of(root["metric-value"]),
                   .share = number_of(root["pcnt-running"]).value_or(100)};
}

class Gathered {
public:
    explicit Gathered(std::string name) { row_.name = std::move(name); }

    void take(const Counter& counter) {
        if (!counter.value) {
            note(counter.event + " was not counted");
            return;
        }
        if (counter.share < 100) {
            note(counter.event + " was counted a part of the time and scaled");
        }
        const formats::ToolUnit unit = formats::unit_of(counter.unit);
        const bool counted = counter.unit.empty();
        const std::string key =
            counter.event == "duration_time" ? "time" : formats::key_of(counter.event);
        assay::imported_metric& metric = metric_named(key, unit, counter.unit);
        metric.samples.push_back(unit.to_base(*counter.value));
        metric.better = counted ? assay::lower : metric.better;
        if (counter.event == "task-clock" || counter.event == "cpu-clock") {
            metric.timer = assay::clock::process_cpu;
        }
        if (counter.derived && !counter.derived_unit.empty()) {
            const std::string derived = key + "." + formats::key_of(counter.derived_unit);
            metric_named(derived, formats::unit_of({}), {}).samples.push_back(*counter.derived);
        }
    }

    void give(assay::import_output& out) {
        assay::imported_run run;
        run.tool = "perf stat";
        out.begin(run);
        if (row_.metrics.empty() && row_.note.empty()) {
            return;
        }
        if (row_.metrics.empty()) {
            row_.status = assay::case_status::unavailable;
            row_.reason = row_.note;
        }
        out.add(row_);
    }

private:
    void note(const std::string& text) {
        if (notes_.insert(text).second) {
            row_.note += (row_.note.empty() ? "" : "; ") + text;
        }
    }

    assay::imported_metric&
    metric_named(const std::string& key, const formats::ToolUnit& unit, std::string_view written) {
        constexpr std::size_t kEventsMax = 10'000; // as many as a host takes of one case
        const auto [at, added] = index_.try_emplace(key, row_.metrics.size());
        if (added && row_.metrics.size() >= kEventsMax) {
            throw assay::damaged("there are more than 10000 events");
        }
        if (added) {
            row_.metrics.push_back(formats::metric_in(key, unit, written));
        }
        return row_.metrics[at->second];
    }

    std::map<std::string, std::size_t> index_;
    std::set<std::string> notes_;
    assay::imported_case row_;
};

std::string stem_of(std::string_view name) {
    name = name.substr(name.find_last_of('/') + 1);
    const std::string stem(name.substr(0, name.rfind('.')));
    return stem.empty() ? "perf stat" : stem;
}

bool is_json(std::string_view bytes) {
    return bytes.find("\"counter-value\"") != std::string_view::npos;
}

class PerfStat {
public:
    static constexpr std::string_view extensions = ".csv,.json";

    static int probe(const assay::probed_file& file) {
        if (is_json(file.head)) {
            formats::JsonStream stream(file.head);
            const auto first = stream.next();
            return first && counter_in(first->root()) ? 95 : 0;
        }
        const std::size_t known = formats::lines_like(file.head, [](std::string_view line) {
            const auto counter = counter_in_line(line);
            return counter && is_known_event(counter->event);
        });
        return known > 0 ? 88 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        Gathered gathered(stem_of(file.name));
        std::string damage;
        if (is_json(file.bytes)) {
            formats::JsonStream stream(file.bytes, [&](const JsonTree& broken) {
                damage = assay::place_in(file.bytes, broken.end()) + ": " + broken.damage();
            });
            while (const std::optional<JsonTree> object = stream.next()) {
                if (const auto counter = counter_in(object->root())) {
                    gathered.take(*counter);
                }
            }
        } else {
            try {
                damage = read_lines(file.bytes, gathered);
            } catch (const assay::damaged& broken) { // what was read before that holds
                damage = broken.what();
            }
        }
        gathered.give(out);
        if (!damage.empty()) {
            throw assay::damaged(damage);
        }
    }

private:
    static std::string read_lines(std::string_view bytes, Gathered& gathered) {
        formats::TextLines lines(bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (!line->ended) {
                return "line " + std::to_string(line->number) + ": the last line was cut off";
            }
            if (const auto counter = counter_in_line(line->text)) {
                gathered.take(*counter);
            }
        }
        return {};
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.perf_stat",
               "perf_stat",
               "0.1.0",
               PerfStat,
               R"("description":"counters of perf stat, CSV and JSON","license":"Apache-2.0")")
