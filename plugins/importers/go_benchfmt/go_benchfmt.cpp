// The importer "go_benchfmt": the text that `go test -bench` prints.
//
//   key: value                                         holds until it is overridden
//   Unit text-bytes assume=exact better=lower
//   BenchmarkName/k=v-8   100   12.5 ns/op   3 allocs/op
//
// Everything else is free text, and means nothing.
#include "config_lines.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::TextLine;
using formats::TextLines;

constexpr std::string_view kBenchmark = "Benchmark";
constexpr std::string_view kFail = "--- FAIL: ";

bool is_name(std::string_view word) {
    // As `go test` does: "Benchmarking" is a word of English.
    return word.starts_with(kBenchmark) && word.size() > kBenchmark.size() &&
           !(word[kBenchmark.size()] >= 'a' && word[kBenchmark.size()] <= 'z' &&
             word.find_first_of("/_-") == std::string_view::npos);
}

bool is_count(std::string_view word) {
    const auto number = formats::read_number(word);
    return number && *number >= 1 && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "BenchmarkNew/text=opticks/fast-8": a name, parameters, and the number of threads.
assay::imported_case named(std::string_view word, const std::string& suite) {
    assay::imported_case made{.suite = suite, .name = {}};
    assay::imported_value threads;
    const std::size_t dash = word.rfind('-');
    const bool has_threads =
        dash != std::string_view::npos && is_count(word.substr(dash + 1)) && word.size() - dash < 8;
    if (has_threads) {
        threads = static_cast<std::int64_t>(*formats::read_number(word.substr(dash + 1)));
        word = word.substr(0, dash);
    }
    for (std::size_t at = 0; at <= word.size();) {
        const std::size_t end = std::min(word.find('/', at), word.size());
        const std::string_view part = word.substr(at, end - at);
        const std::size_t equals = part.find('=');
        if (at > 0 && equals != std::string_view::npos && equals > 0) {
            made.parameters.emplace_back(std::string(part.substr(0, equals)),
                                         std::string(part.substr(equals + 1)));
        } else {
            made.name += (at == 0 ? "" : "/") + std::string(part);
        }
        at = end + 1;
    }
    if (has_threads) {
        made.parameters.emplace_back("gomaxprocs", threads);
    }
    return made;
}

std::string metric_key(std::string_view unit) {
    if (unit == "ns/op" || unit == "sec/op") {
        return "time";
    }
    if (unit == "MB/s" || unit == "B/s") {
        return "bytes_rate";
    }
    return unit == "B/op"        ? "allocated"
           : unit == "allocs/op" ? "allocations"
                                 : formats::key_of(unit);
}

// What "Unit U key=value..." lines said.
struct UnitFacts {
    bool exact = false;
    std::optional<assay::direction> better = {};
};

class Reader {
public:
    Reader(const assay::import_file& file, assay::import_output& out)
        : file_(file)
        , out_(out) {}

    void read() {
        TextLines lines(file_.bytes);
        while (const std::optional<TextLine> line = lines.next()) {
            take(*line);
        }
        if (!cut_.empty()) {
            throw assay::damaged(cut_);
        }
    }

private:
    void take(const TextLine& line) {
        if (go_benchfmt::take_config_line(line.text, config_)) {
            return;
        }
        const std::vector<std::string_view> words = formats::words_of(line.text);
        if (words.size() >= 3 && words[0] == "Unit") {
            take_unit(words);
        } else if (line.text.starts_with(kFail) && words.size() >= 3 && is_name(words[2])) {
            begin_if_changed();
            assay::imported_case row = named(words[2], config_.suite());
            row.status = assay::case_status::failed;
            row.reason = "the benchmark failed";
            out_.add(row);
        } else if (words.size() >= 4 && is_name(words[0]) && is_count(words[1])) {
            take_result(line, words);
        } else if (!line.ended && !words.empty() && is_name(words[0]) && words.size() > 1) {
            cut_ = place(line) + ": the last line was cut off";
        }
    }

    void take_unit(const std::vector<std::string_view>& words) {
        UnitFacts& facts = units_[std::string(words[1])];
        for (const std::string_view word : words) {
            facts.exact = facts.exact || word == "assume=exact";
            if (word == "better=higher" || word == "better=lower") {
                facts.better = word == "better=higher" ? assay::higher : assay::lower;
            }
        }
    }

    void take_result(const TextLine& line, const std::vector<std::string_view>& words) {
        assay::imported_case row = named(words[0], config_.suite());
        for (std::size_t i = 2; i + 1 < words.size(); i += 2) {
            const std::optional<double> value = formats::read_number(words[i]);
            if (!value) {
                return; // a log line of the benchmark between its name and its figures
            }
            add_metric(words[i + 1], *value, row);
        }
        if (!line.ended && !is_trusted(words)) {
            cut_ = place(line) + ": the last line was cut off";
            return;
        }
        for (std::size_t i = 3; i < words.size(); i += 2) {
            seen_.emplace(words[i]);
        }
        begin_if_changed();
        out_.add(row);
    }

    // Of a last line without a newline nobody knows whether its last unit is whole.
    bool is_trusted(const std::vector<std::string_view>& words) const {
        const std::string last(words.back());
        return words.size() % 2 == 0 && (seen_.contains(last) || last == "ns/op" ||
                                         last == "allocs/op" || last == "B/op" || last == "MB/s");
    }

    void add_metric(std::string_view written, double value, assay::imported_case& row) const {
        assay::imported_metric metric =
            formats::sampled_metric(metric_key(written), written, {value});
        if (const auto facts = units_.find(std::string(written)); facts != units_.end()) {
            metric.exact = facts->second.exact;
            metric.better = facts->second.better.value_or(metric.better);
        }
        row.metrics.push_back(std::move(metric));
    }

    void begin_if_changed() {
        if (!begun_ || config_.run_has_changed()) {
            begun_ = true;
            out_.begin(config_.run());
        }
    }

    [[nodiscard]] std::string place(const TextLine& line) const {
        return "line " + std::to_string(line.number);
    }

    assay::import_file file_;
    assay::import_output& out_;
    go_benchfmt::Config config_;
    std::map<std::string, UnitFacts> units_;
    std::set<std::string> seen_; // units of whole lines
    std::string cut_;
    bool begun_ = false;
};

class GoBenchfmt {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        if (!formats::looks_like_text(file.head)) {
            return 0;
        }
        int results = 0, others = 0;
        bool system = false;
        try {
            TextLines lines(file.head);
            while (const std::optional<TextLine> line = lines.next()) {
                const std::vector<std::string_view> words = formats::words_of(line->text);
                system = system || line->text.starts_with("goos: ") ||
                         line->text.starts_with("goarch: ") || line->text.starts_with("pkg: ");
                const bool result = words.size() >= 4 && is_name(words[0]) && is_count(words[1]) &&
                                    formats::read_number(words[2]) &&
                                    words[3].find_first_of("0123456789([{\"") != 0;
                results += result ? 1 : 0;
                others += !result && !words.empty() ? 1 : 0;
            }
        } catch (const assay::damaged&) {
            return 0;
        }
        if (results == 0) {
            return 0;
        }
        return system ? 95 : results >= others || results >= 4 ? 85 : 65;
    }

    void parse(const assay::import_file& file, assay::import_output& out) {
        Reader(file, out).read();
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.go_benchfmt",
               "go_benchfmt",
               "0.1.0",
               GoBenchfmt,
               R"("description":"text of go test -bench","license":"Apache-2.0")")
