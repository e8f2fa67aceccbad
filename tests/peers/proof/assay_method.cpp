#include "assay_method.hpp"

#include "fifty.hpp"
#include "program.hpp"
#include "support/text.hpp"

#include <chrono>

namespace proof {

namespace fs = std::filesystem;
namespace json = assay::json;

namespace {

// A program that does not keep its budget is still waited for, but not for ever.
constexpr int kBudgetsMax = 3;
constexpr int kSecondsMore = 60;
constexpr std::size_t kErrorTextMax = 400;

void count(const std::string& verdict, Verdicts& verdicts) {
    verdicts.slower += verdict == "slower" ? 1 : 0;
    verdicts.faster += verdict == "faster" ? 1 : 0;
    verdicts.same += verdict == "same" ? 1 : 0;
    verdicts.undecided += verdict == "undecided" ? 1 : 0;
}

void read_case(const json::object& compared, Record& record) {
    record.verdict = assay::json_string(compared, "verdict");
    record.pairs = assay::json_int(compared, "pairs", 0);
    if (const json::value* ratio = compared.if_contains("ratio");
        ratio != nullptr && ratio->is_number()) {
        record.ratio = ratio->to_number<double>();
    }
}

std::string tail_of(std::string text) {
    text = std::string(assay::trim(text));
    return text.size() > kErrorTextMax ? "..." + text.substr(text.size() - kErrorTextMax) : text;
}

// The exit status that goes with a verdict of a single case; -1 where several are right.
bool fits(const std::string& verdict, int exit_code) {
    if (verdict == "slower") {
        return exit_code == 1;
    }
    return verdict == "undecided" ? exit_code == 5 : exit_code == 0 || exit_code == 5;
}

} // namespace

void read_comparison(const Cell& cell, const json::value& document, int exit_code, Record& record) {
    const json::value* cases = assay::json_at(document, "/cases");
    if (cases == nullptr || !cases->is_array()) {
        record.failure = "the document has no cases";
        return;
    }
    if (const json::value* controls = assay::json_at(document, "/controls");
        controls != nullptr && controls->is_object()) {
        record.null_control = assay::json_string(controls->get_object(), "null");
        record.positive_control = assay::json_string(controls->get_object(), "positive");
    }
    const std::size_t expected = cell.kind == Kind::fifty ? std::size_t{kParts} : 1;
    if (cases->get_array().size() != expected) {
        record.failure = "the document has " + std::to_string(cases->get_array().size()) +
                         " cases instead of " + std::to_string(expected);
        return;
    }
    for (const json::value& value : cases->get_array()) {
        const json::object& compared = value.as_object();
        const std::string id = assay::json_string(compared, "id");
        if (const std::string status = assay::json_string(compared, "status", "compared");
            status != "compared") {
            record.failure = id + ": " + status + ": " + assay::json_string(compared, "reason");
            return;
        }
        if (expected == 1 || id == kSlowerCase) {
            read_case(compared, record);
        } else {
            count(assay::json_string(compared, "verdict"), record.others);
        }
    }
    if (record.verdict.empty()) {
        record.failure = "the document has no verdict for the case that matters";
    } else if (expected == 1 && !fits(record.verdict, exit_code)) {
        record.failure =
            "verdict " + record.verdict + " with exit status " + std::to_string(exit_code);
    }
}

Record compare_by_assay(const Cell& cell, const AssayComparison& comparison) {
    Record record;
    record.cell = cell.name;
    record.method = kAssay;
    std::error_code ignored;
    fs::remove(comparison.document, ignored);
    std::vector<std::string> argv{comparison.program,
                                  "compare",
                                  comparison.old_build,
                                  comparison.new_build,
                                  "--budget",
                                  assay::shortest(cell.budget_s) + "s",
                                  "--margin",
                                  assay::shortest(cell.margin_percent) + "%",
                                  "--reporter",
                                  "json=" + comparison.document.string()};
    argv.insert(argv.end(), comparison.more_options.begin(), comparison.more_options.end());
    const auto begin = std::chrono::steady_clock::now();
    const integration::Ended ended = integration::run_program(
        argv,
        {.folder = comparison.home,
         .environment = {{"HOME", comparison.home},
                         {"XDG_CACHE_HOME", comparison.home / "cache"},
                         {"XDG_STATE_HOME", comparison.home / "state"},
                         {"XDG_DATA_HOME", comparison.home / "data"},
                         {"XDG_CONFIG_HOME", comparison.home / "config"}},
         .timeout =
             std::chrono::seconds(static_cast<int>(cell.budget_s) * kBudgetsMax + kSecondsMore)});
    record.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const bool measured = ended.exit_code == 0 || ended.exit_code == 1 || ended.exit_code == 5;
    const auto document = assay::read_json_file(comparison.document);
    if (!measured || !document) {
        record.failure = (ended.signal != 0 ? "signal " + std::to_string(ended.signal)
                                            : "exit status " + std::to_string(ended.exit_code)) +
                         (document ? "" : ", no document") + ": " + tail_of(ended.err);
        return record;
    }
    read_comparison(cell, *document, ended.exit_code, record);
    return record;
}

} // namespace proof
