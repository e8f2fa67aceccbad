// The importer "ruby_benchmark": tables of Ruby's Benchmark module.
//
//   Rehearsal ------------------------------------------
//   sort!    1.490000   0.010000   1.500000 (  1.490520)
//   --------------------------------- total: 2.960000sec
//                user     system      total        real
//   sort!    1.460000   0.000000   1.460000 (  1.460465)
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <array>
#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

bool is_head(std::string_view line) {
    const std::vector<std::string_view> words = formats::words_of(line);
    return words.size() == 4 && words[0] == "user" && words[1] == "system" && words[2] == "total" &&
           words[3] == "real";
}

// "label  user  system  total (  real)"
struct Row {
    std::string_view label;
    double user = 0, system = 0, total = 0, real = 0;
};

std::optional<Row> row_in(std::string_view line) {
    const std::string_view text = formats::trimmed_text(line);
    const std::size_t open = text.rfind('(');
    if (open == std::string_view::npos || !text.ends_with(')')) {
        return std::nullopt;
    }
    const auto real =
        formats::read_number(formats::trimmed_text(text.substr(open + 1, text.size() - open - 2)));
    const std::vector<std::string_view> words = formats::words_of(text.substr(0, open));
    if (!real || words.size() < 3) {
        return std::nullopt;
    }
    std::array<double, 3> times{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number = formats::read_number(words[words.size() - 3 + i]);
        if (!number) {
            return std::nullopt;
        }
        times[i] = *number;
    }
    const auto before = static_cast<std::size_t>(words[words.size() - 3].data() - text.data());
    std::string_view label = formats::trimmed_text(text.substr(0, before));
    label = label.ends_with(':') ? label.substr(0, label.size() - 1) : label;
    return Row{label, times[0], times[1], times[2], *real};
}

assay::imported_case case_of(const Row& row, std::size_t number) {
    assay::imported_case made{.suite = {}, .name = std::string(row.label)};
    if (made.name.empty()) {
        made.name = "report " + std::to_string(number);
    }
    const auto add = [&made](const char* key, double seconds, assay::clock clock) {
        made.metrics.push_back(formats::sampled_metric(key, "s", {seconds}));
        made.metrics.back().timer = clock;
    };
    add("time", row.real, assay::clock::wall);
    add("cpu_time", row.total, assay::clock::process_cpu);
    add("user_time", row.user, assay::clock::process_cpu);
    add("system_time", row.system, assay::clock::process_cpu);
    return made;
}

class RubyBenchmark {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        std::size_t heads = 0;
        const std::size_t rows = formats::lines_like(file.head, [&](std::string_view line) {
            heads += is_head(line) ? 1 : 0;
            return row_in(line).has_value();
        });
        return rows == 0 ? 0 : heads > 0 ? 95 : 50;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "Ruby Benchmark";
        out.begin(run);
        bool rehearsal = false;
        std::size_t number = 0;
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            const std::string_view text = formats::trimmed_text(line->text);
            if (text.starts_with("Rehearsal -")) {
                rehearsal = true;
            } else if (is_head(text)) {
                rehearsal = false;
            } else if (const auto row = row_in(text); row && !rehearsal) {
                out.add(case_of(*row, ++number));
            } else if (!line->ended && number > 0 && !rehearsal) {
                throw assay::damaged("line " + std::to_string(line->number) +
                                     ": the last line was cut off");
            }
        }
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.ruby_benchmark",
               "ruby_benchmark",
               "0.1.0",
               RubyBenchmark,
               R"("description":"tables of Ruby's Benchmark module","license":"Apache-2.0")")
