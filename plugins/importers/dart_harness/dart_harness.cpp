// The importer "dart_harness": lines of Dart's benchmark_harness.
//
//   Template(RunTime): 1.0 us.
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

struct Score {
    std::string_view name, kind, unit;
    double value = 0;
};

std::optional<Score> score_in(std::string_view line) {
    const std::string_view text = formats::trimmed_text(line);
    const std::size_t close = text.rfind("): ");
    const std::size_t open = text.rfind('(', close);
    if (close == std::string_view::npos || open == std::string_view::npos || open == 0 ||
        !text.ends_with('.')) {
        return std::nullopt;
    }
    const std::vector<std::string_view> words =
        formats::words_of(text.substr(close + 3, text.size() - close - 4));
    const auto value = words.size() == 2 ? formats::read_number(words[0]) : std::nullopt;
    const std::string_view kind = text.substr(open + 1, close - open - 1);
    if (!value || kind.empty() || kind.find(' ') != std::string_view::npos) {
        return std::nullopt;
    }
    return Score{text.substr(0, open), kind, words[1], *value};
}

bool is_run_time(const Score& score) {
    return score.kind == "RunTime" &&
           formats::unit_of(score.unit).dimension == formats::Dimension::time;
}

class DartHarness {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        const std::size_t results = formats::lines_like(file.head, [](std::string_view line) {
            const auto score = score_in(line);
            return score && is_run_time(*score);
        });
        return results > 0 ? 90 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "benchmark_harness";
        out.begin(run);
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (const auto score = score_in(line->text)) {
                assay::imported_case row{.suite = {}, .name = std::string(score->name)};
                row.metrics.push_back(formats::sampled_metric(
                    is_run_time(*score) ? "time" : formats::key_of(score->kind),
                    score->unit,
                    {score->value}));
                out.add(row);
            }
        }
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.dart_harness",
               "dart_harness",
               "0.1.0",
               DartHarness,
               R"("description":"lines of Dart's benchmark_harness","license":"Apache-2.0")")
