// commit: 4f2c...
// pkg: sums
// Unit hit_rate better=higher
// BenchmarkAdd/n=64-8  1  1.2e-06 sec/op  0.8 hit_rate
//
// https://golang.org/design/14313-benchmark-format
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"

#include <algorithm>
#include <map>

namespace assay::tracking {
namespace {

constexpr std::string_view kGoImporter = "go_benchfmt";
constexpr std::string_view kBenchmark = "Benchmark";

bool is_go_name(std::string_view name) {
    return name.starts_with(kBenchmark) && name.size() > kBenchmark.size() &&
           !(name[kBenchmark.size()] >= 'a' && name[kBenchmark.size()] <= 'z');
}

// White space ends a word of a line.
std::string one_word(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) <= 0x20; }, '_');
    return text;
}

bool ends_like_threads(std::string_view name) {
    const std::size_t dash = name.rfind('-');
    return dash != std::string_view::npos && dash + 1 < name.size() &&
           name.find_first_not_of("0123456789", dash + 1) == std::string_view::npos;
}

// As a Go program would name it: BenchmarkAdd/n=64-8.
std::string go_name(const ExportedCase& one, LeftOut& left_out) {
    std::string name = shown_family(one);
    if (!is_go_name(name)) {
        if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
            name.front() = static_cast<char>(name.front() - 'a' + 'A');
        }
        name = std::string(kBenchmark) + name;
        left_out.add("names as they are: those of Go begin with Benchmark and a capital");
    }
    std::string threads;
    for (const auto& [axis, value] : one.axes) {
        if (axis == "gomaxprocs" && to_int64(value).value_or(0) > 0) {
            threads = "-" + value;
        } else {
            name += "/" + axis + "=" + value;
        }
    }
    const std::string word = one_word(name);
    left_out.add("white space in names", word == name ? 0 : 1);
    left_out.add("names as they are: they end like a number of threads",
                 threads.empty() && ends_like_threads(word) ? 1 : 0);
    return word + threads;
}

// "ns/GC", of which a history keeps "s/{GC}".
bool is_nanoseconds_per(const history::Series& series) {
    const std::string& source = series.source_unit;
    return source.starts_with("ns/") && series.unit == "s/{" + source.substr(3) + "}";
}

// A unit of the program's own that the metric was named after when it was imported.
bool is_named_by_source(const history::Series& series) {
    const std::string& source = series.source_unit;
    return key_of_name(source) == series.metric &&
           (series.unit == "{" + source + "}" || is_nanoseconds_per(series));
}

// A Go benchmark names a metric by its unit.
std::string go_unit(const history::Series& series) {
    const std::string& metric = series.metric;
    const std::string& unit = series.unit;
    if (metric == "time" && unit == "s") {
        return "sec/op";
    }
    if (metric == "bytes_rate" && unit == "By/s") {
        return "B/s";
    }
    if (metric == "allocated" && unit == "By") {
        return "B/op";
    }
    if (metric == "allocations" && (unit == "1" || unit.starts_with("{alloc"))) {
        return "allocs/op";
    }
    if (is_named_by_source(series)) {
        return one_word(series.source_unit);
    }
    if (unit == "1" || unit.empty() || unit == "{" + metric + "}") {
        return one_word(metric);
    }
    return one_word(metric + "-" + (unit == "s" ? "sec" : shown_unit(unit)));
}

double go_figure(const history::Series& series, double figure) {
    constexpr double kNanoseconds = 1e9;
    return is_named_by_source(series) && is_nanoseconds_per(series)
               ? scaled_to_come_back(figure, kNanoseconds)
               : figure;
}

bool go_knows(std::string_view unit) {
    return unit == "sec/op" || unit == "B/s" || unit == "B/op" || unit == "allocs/op";
}

struct UnitFacts {
    measure::Direction direction = measure::Direction::none;
    bool exact = true;
    bool disagree = false; // about the direction
};

// "key: value" lines: they hold until they are overridden.
class GoConfiguration {
public:
    void set(const std::string& key, const std::string& value, std::string& text) {
        std::string& known = known_[key];
        if (known != value) {
            known = value;
            text += key + ":" + (value.empty() ? "" : " " + value) + "\n";
        }
    }

    // Everything but the package that `next` does not name is deleted.
    void settle(const std::vector<std::pair<std::string, std::string>>& next, std::string& text) {
        for (auto& [key, value] : known_) {
            const bool named = std::ranges::any_of(
                next, [&key = key](const auto& pair) { return pair.first == key; });
            if (!named && key != "pkg" && !value.empty()) {
                value.clear();
                text += key + ":\n";
            }
        }
        for (const auto& [key, value] : next) {
            set(key, value, text);
        }
    }

private:
    std::map<std::string, std::string> known_;
};

bool is_go_key(std::string_view key) {
    return !key.empty() && key.front() >= 'a' && key.front() <= 'z' && key != "pkg" &&
           key.find_first_of(" \t\"'{}()[]/:") == std::string_view::npos;
}

bool is_go_value(std::string_view value) {
    return !value.empty() && value.find('\n') == std::string_view::npos && trim(value) == value;
}

using GoFacts = std::vector<std::pair<std::string, std::string>>;

// What a run says of itself, as far as it can stand in a line.
GoFacts go_facts(const history::Run& run, LeftOut& left_out) {
    GoFacts facts;
    const auto add = [&](std::string_view key, const json::value& value) {
        const std::string text =
            value.is_string() ? std::string(value.get_string()) : canonical_json(value);
        if (is_go_key(key) && is_go_value(text) && !value.is_object() && !value.is_array()) {
            facts.emplace_back(key, text);
        } else {
            left_out.add("facts of the environment", value.is_null() ? 0 : 1);
        }
    };
    if (const json::value* hardware = run.platform.identity.if_contains("hardware");
        hardware != nullptr && hardware->is_object()) {
        for (const auto& member : hardware->get_object()) {
            add(std::string_view(member.key()), member.value());
        }
    } else if (run.platform.label != "unknown") {
        add("platform", json::value(run.platform.label));
    }
    for (const auto& member : run.environment) {
        add(std::string_view(member.key()), member.value());
    }
    if (!run.git.sha.empty()) {
        add("commit", json::value(run.git.sha));
    }
    if (!run.git.branch.empty()) {
        add("branch", json::value(run.git.branch));
    }
    if (!run.metadata.contains("date")) { // nobody told it
        add("date", json::value(history::timestamp_text(run.started)));
    }
    return facts;
}

// The text of all runs as it grows.
class GoText {
public:
    void take(const history::Run& run) {
        configuration_.settle(go_facts(run, made_.left_out), made_.text);
        const std::vector<ExportedCase> cases = exported_cases(run);
        add_units(cases);
        for (const ExportedCase& one : cases) {
            configuration_.set("pkg", one.suite == kGoImporter ? "" : shown_suite(one), made_.text);
            take_case(one);
        }
    }

    [[nodiscard]] ExportText finish() && { return std::move(made_); }

private:
    // What all points of one unit have in common, and readers do not know by themselves. A unit has
    // one line: where cases disagree about a direction, a reader is told none.
    void add_units(const std::vector<ExportedCase>& cases) {
        std::map<std::string, UnitFacts> known;
        std::vector<std::string> order;
        for (const ExportedCase& one : cases) {
            for (const history::Point* point : one.points) {
                const std::string unit = go_unit(point->series);
                const auto [at, is_new] =
                    known.try_emplace(unit, UnitFacts{.direction = point->series.direction});
                if (is_new) {
                    order.push_back(unit);
                }
                UnitFacts& facts = at->second;
                facts.exact = facts.exact && (point->flags & history::point_flag::exact) != 0;
                facts.disagree = facts.disagree || facts.direction != point->series.direction;
            }
        }
        for (const std::string& unit : order) {
            const UnitFacts& facts = known.at(unit);
            made_.left_out.add("directions of a unit about which cases disagree",
                               facts.disagree ? 1 : 0);
            std::string text = facts.exact ? " assume=exact" : "";
            if (!facts.disagree && facts.direction != measure::Direction::none && !go_knows(unit)) {
                text += " better=" + std::string(measure::name_of(facts.direction));
            }
            std::string& told = units_[unit];
            if (!text.empty() && told != text) {
                told = text;
                made_.text += "Unit " + unit + text + "\n";
            }
        }
    }

    void take_case(const ExportedCase& one) {
        const std::string name = go_name(one, made_.left_out);
        made_.left_out.add("metrics without a figure", one.without_figure);
        if (one.failure != nullptr) {
            made_.left_out.add("figures of cases that did not pass", one.points.size());
            made_.left_out.add("reasons why cases did not pass");
            made_.text += (is_skipped(*one.failure) ? "--- SKIP: " : "--- FAIL: ") + name + "\n";
            return;
        }
        std::size_t lines = one.points.empty() ? 0 : 1;
        for (const history::Point* point : one.points) {
            lines = std::max(lines, observations(*point).size());
            count_loss(*point);
        }
        for (std::size_t i = 0; i < lines; ++i) {
            add_line(name, one, i);
        }
        made_.left_out.add("numbers of iterations: no history keeps them, and every line says 1",
                           lines);
    }

    // Sample `i` of every metric; a metric without samples stands in the first line.
    void add_line(const std::string& name, const ExportedCase& one, std::size_t i) {
        std::string line = name + "\t1";
        for (const history::Point* point : one.points) {
            const std::vector<double> samples = observations(*point);
            if (i < samples.size() || (samples.empty() && i == 0)) {
                const double figure = samples.empty() ? point->figures->center : samples[i];
                line += "\t" + shortest(go_figure(point->series, figure)) + " " +
                        go_unit(point->series);
            }
        }
        made_.text += line + "\n";
    }

    void count_loss(const history::Point& point) {
        const bool own = go_unit(point.series) == point.series.source_unit;
        const bool told = go_knows(go_unit(point.series)) || own;
        made_.left_out.add("units, but as a part of the names of metrics",
                           told || point.series.unit == "1" ? 0 : 1);
        made_.left_out.add("intervals and spreads of figures",
                           point.figures->lo || point.figures->spread ? 1 : 0);
        made_.left_out.add("which launch a sample is of, for a metric",
                           point.samples.launches.size() > 1 ? 1 : 0);
        made_.left_out.add("sketches of old samples", point.samples.sketch ? 1 : 0);
    }

    GoConfiguration configuration_;
    std::map<std::string, std::string> units_;
    ExportText made_;
};

} // namespace

ExportText benchfmt_text(std::span<const ExportedRun> runs) {
    GoText text;
    for (const ExportedRun& exported : runs) {
        text.take(exported.run);
    }
    return std::move(text).finish();
}

} // namespace assay::tracking
