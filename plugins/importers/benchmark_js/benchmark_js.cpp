// The importer "benchmark_js": lines of benchmark.js.
//
//   fib(10) x 1,431,759 ops/sec ±0.74% (93 runs sampled)
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kPlusMinus = "\u00B1";

// "±0.74%"
std::optional<double> margin_of(std::string_view word) {
    if (!word.starts_with(kPlusMinus) || !word.ends_with('%')) {
        return std::nullopt;
    }
    word.remove_prefix(kPlusMinus.size());
    return formats::read_number(word.substr(0, word.size() - 1));
}

std::optional<assay::imported_case> case_in(std::string_view line) {
    constexpr std::string_view kTimes = " x ";
    constexpr double kLevel = 0.95;
    const std::size_t times = line.rfind(kTimes);
    if (times == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = formats::trimmed_text(line.substr(0, times));
    const auto words = formats::words_of(line.substr(times + kTimes.size()));
    const bool whole = words.size() == 6 && words[1] == "ops/sec" && words[3].starts_with('(') &&
                       (words[4] == "runs" || words[4] == "run") && words[5] == "sampled)";
    const auto rate = whole ? formats::read_grouped(words[0]) : std::nullopt;
    const auto margin = whole ? margin_of(words[2]) : std::nullopt;
    if (name.empty() || !rate || !margin) {
        return std::nullopt;
    }
    assay::imported_case row{.suite = {}, .name = std::string(name)};
    assay::imported_metric metric =
        formats::metric_in("throughput", formats::unit_of("ops/s"), "ops/sec");
    metric.mean = *rate;
    metric.ci_lo = *rate * (1 - *margin / 100);
    metric.ci_hi = *rate * (1 + *margin / 100);
    metric.ci_level = kLevel;
    const auto runs = formats::read_number(words[3].substr(1));
    constexpr double kMost = 1e9;
    metric.n = runs && *runs > 0 && *runs < kMost ? static_cast<std::uint64_t>(*runs) : 0;
    row.metrics.push_back(std::move(metric));
    return row;
}

class BenchmarkJs {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        const std::size_t results = formats::lines_like(
            file.head, [](std::string_view line) { return case_in(line).has_value(); });
        return results > 0 ? 92 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "benchmark.js";
        out.begin(run);
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (const auto row = case_in(line->text)) {
                out.add(*row);
            }
        }
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.benchmark_js",
               "benchmark_js",
               "0.1.0",
               BenchmarkJs,
               R"("description":"lines of benchmark.js","license":"Apache-2.0")")
