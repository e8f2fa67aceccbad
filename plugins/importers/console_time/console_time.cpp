// The importer "console_time": what console.timeEnd() prints.
//
//   benchmark 1: 12714ms - timer ended
//   benchmark 2: 1:23.456 (m:ss.mmm)
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kEnded = " - timer ended";

struct Timed {
    std::string_view name;
    double seconds = 0;
    std::string_view unit;
};

// "1:23.456 (m:ss.mmm)"
std::optional<double> minutes_and_seconds(std::string_view text) {
    constexpr std::string_view kNote = " (m:ss.mmm)";
    const std::size_t colon = text.find(':');
    if (!text.ends_with(kNote) || colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto minutes = formats::read_number(text.substr(0, colon));
    const auto seconds =
        formats::read_number(text.substr(colon + 1, text.size() - kNote.size() - colon - 1));
    return minutes && seconds ? std::optional(*minutes * 60 + *seconds) : std::nullopt;
}

std::optional<Timed> timed_in(std::string_view line) {
    std::string_view text = formats::trimmed_text(line);
    if (text.ends_with(kEnded)) {
        text.remove_suffix(kEnded.size());
    }
    constexpr std::string_view kSeparator = ": ";
    const std::size_t at = text.rfind(kSeparator);
    if (at == std::string_view::npos || at == 0) {
        return std::nullopt;
    }
    const std::string_view figure = text.substr(at + kSeparator.size());
    if (const auto seconds = minutes_and_seconds(figure)) {
        return Timed{text.substr(0, at), *seconds, "s"};
    }
    const std::string_view unit = figure.ends_with("ms") ? "ms" : "s";
    if (!figure.ends_with(unit)) {
        return std::nullopt;
    }
    const auto number = formats::read_number(figure.substr(0, figure.size() - unit.size()));
    if (!number) {
        return std::nullopt;
    }
    return Timed{text.substr(0, at), formats::unit_of(unit).to_base(*number), unit};
}

class ConsoleTime {
public:
    static constexpr std::string_view extensions = ".txt";

    // A duration behind a colon stands in every log: alone it is no evidence.
    static int probe(const assay::probed_file& file) {
        std::size_t all = 0, timed = 0;
        const std::size_t ended = formats::lines_like(file.head, [&](std::string_view line) {
            all += formats::trimmed_text(line).empty() ? 0 : 1;
            timed += timed_in(line) ? 1 : 0;
            return formats::trimmed_text(line).ends_with(kEnded) && timed_in(line);
        });
        return ended > 0 ? 90 : timed > 0 && timed * 2 > all ? 50 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "console.time";
        out.begin(run);
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (const auto timed = timed_in(line->text)) {
                assay::imported_case row{.suite = {}, .name = std::string(timed->name)};
                row.metrics.push_back(formats::sampled_metric("time", "s", {timed->seconds}));
                row.metrics.back().source_unit = timed->unit;
                out.add(row);
            }
        }
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.console_time",
               "console_time",
               "0.1.0",
               ConsoleTime,
               R"("description":"lines of console.timeEnd","license":"Apache-2.0")")
