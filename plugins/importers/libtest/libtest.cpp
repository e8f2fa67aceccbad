// The importer "libtest": the text of Rust's built-in benchmarks.
//
//   running 2 tests
//   test tests::ignored ... ignored
//   test tests::benchmark ... bench:       3,161 ns/iter (+/- 975) = 812 MB/s
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

// "test NAME ... OUTCOME"
struct Line {
    std::string_view name, outcome;
};

std::optional<Line> test_in(std::string_view line) {
    constexpr std::string_view kTest = "test ", kDots = " ... ";
    const std::size_t dots = line.rfind(kDots);
    if (!line.starts_with(kTest) || dots == std::string_view::npos || dots < kTest.size()) {
        return std::nullopt;
    }
    return Line{formats::trimmed_text(line.substr(kTest.size(), dots - kTest.size())),
                formats::trimmed_text(line.substr(dots + kDots.size()))};
}

// "bench:       3,161 ns/iter (+/- 975) = 812 MB/s"
std::optional<assay::imported_case> measured(const Line& line) {
    const std::vector<std::string_view> words = formats::words_of(line.outcome);
    const bool whole = words.size() >= 5 && words[0] == "bench:" && words[2].ends_with("/iter") &&
                       words[3] == "(+/-" && words[4].ends_with(')');
    if (!whole) {
        return std::nullopt;
    }
    const auto median = formats::read_grouped(words[1]);
    const auto spread = formats::read_grouped(words[4].substr(0, words[4].size() - 1));
    const formats::ToolUnit unit = formats::unit_of(words[2]);
    if (!median || !spread || unit.dimension != formats::Dimension::time) {
        return std::nullopt;
    }
    assay::imported_case row{.suite = {}, .name = std::string(line.name)};
    row.metrics.push_back(formats::figure_metric("time", words[2], *median));
    row.metrics.push_back(formats::figure_metric("spread", words[2], *spread));
    const bool has_rate = words.size() == 8 && words[5] == "=" && words[7] == "MB/s";
    if (const auto rate = has_rate ? formats::read_grouped(words[6]) : std::nullopt) {
        row.metrics.push_back(formats::figure_metric("bytes_rate", "MB/s", *rate));
    }
    return row;
}

// "     Running benches/name.rs (target/...)", "Running unittests src/lib.rs (target/...)"
std::optional<std::string> target_in(std::string_view line) {
    const std::vector<std::string_view> words = formats::words_of(line);
    if (words.size() < 2 || words[0] != "Running" || !line.ends_with(')') ||
        line.find('(') == std::string_view::npos) {
        return std::nullopt;
    }
    const bool unit_tests = words[1] == "unittests" && words.size() > 2;
    const std::string_view named = words[unit_tests ? 2 : 1];
    return std::string(named.starts_with('(') ? words[1] : named);
}

bool is_frame(std::string_view line) {
    return (line.starts_with("running ") &&
            (line.ends_with(" tests") || line.ends_with(" test"))) ||
           line.starts_with("test result: ");
}

class Libtest {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        std::size_t results = 0, frames = 0, others = 0;
        static_cast<void>(formats::lines_like(file.head, [&](std::string_view line) {
            const auto test = test_in(line);
            const bool result = test && measured(*test);
            const bool frame = is_frame(line) || (test && !result) || target_in(line);
            results += result ? 1 : 0;
            frames += is_frame(line) ? 1 : 0;
            others += !result && !frame && !formats::trimmed_text(line).empty() ? 1 : 0;
            return result;
        }));
        if (results > 0) {
            return 92;
        }
        return frames > 1 && others == 0 ? 75 : 0; // a run in which nothing was measured
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "libtest";
        out.begin(run);
        std::string target;
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (const auto found = target_in(line->text)) {
                target = *found;
            }
            const auto test = test_in(line->text);
            if (!test || test->name.empty()) {
                continue;
            }
            if (auto row = case_of(*test)) {
                row->suite = target;
                out.add(*row);
            } else if (!line->ended && test->outcome != "ok") {
                throw assay::damaged("line " + std::to_string(line->number) +
                                     ": the last line was cut off");
            }
        }
    }

private:
    static std::optional<assay::imported_case> case_of(const Line& test) {
        if (auto row = measured(test)) {
            return row;
        }
        const bool ignored = test.outcome == "ignored" || test.outcome.starts_with("ignored, ");
        if (!ignored && test.outcome != "FAILED") {
            return std::nullopt;
        }
        assay::imported_case row{.suite = {}, .name = std::string(test.name)};
        row.status = ignored ? assay::case_status::skipped : assay::case_status::failed;
        row.reason = ignored ? std::string(test.outcome) : "the benchmark failed";
        return row;
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.libtest",
               "libtest",
               "0.1.0",
               Libtest,
               R"("description":"text of Rust's built-in benchmarks","license":"Apache-2.0")")
