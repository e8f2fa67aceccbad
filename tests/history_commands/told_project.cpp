#include "told_project.hpp"

#include "support/file.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace assay::test {
namespace {

constexpr std::int64_t kMinute = 60LL * 1'000'000'000;
constexpr std::int64_t kBegin = 1'760'000'000LL * 1'000'000'000; // October 2025

history::Series series_on(const history::Platform& platform) {
    history::Series series;
    series.case_id = kCase;
    series.suite = "sums";
    series.family = "add";
    series.params = {{"n", 64}};
    series.metric = "time";
    series.unit = series.source_unit = "s";
    series.direction = measure::Direction::lower;
    series.platform = platform;
    return series;
}

} // namespace

std::string told_uuid(int number) {
    return fmt::format("0192{:04x}-0000-7000-8000-{:012x}", number, number);
}

history::Run told_elsewhere(int number, double seconds, const std::string& label) {
    history::Run run;
    run.uuid = told_uuid(number);
    run.started = kBegin + number * kMinute;
    run.finished = run.started + kMinute / 2;
    run.kind = "ci";
    run.mode = "quick";
    run.platform = {.fingerprint = std::string(60, label == kLabel ? 'a' : 'b') + "0123",
                    .label = label,
                    .identity = {{"architecture", "x86_64"}}};
    run.git.sha = fmt::format("{:040x}", 0xc0ffee00 + number);
    run.git.branch = "main";
    run.git.dirty = false;
    history::Point point{.series = series_on(run.platform)};
    point.figures = history::Figures{.center = seconds,
                                     .lo = seconds * 0.99,
                                     .hi = seconds * 1.01,
                                     .spread = seconds * 0.01,
                                     .n = 30,
                                     .n_launches = 5};
    point.samples.launch_medians = {seconds, seconds};
    run.points.push_back(std::move(point));
    return run;
}

history::Run told(int number, double seconds) {
    return told_elsewhere(number, seconds, kLabel);
}

ToldProject::ToldProject() {
    std::filesystem::create_directory(file(".assay"));
}

std::unique_ptr<history::Store> ToldProject::store() const {
    auto store = history::open_store(file(".assay/history.db").string(), {.create = true});
    if (!store) {
        FAIL(store.error().message);
    }
    return std::move(*store);
}

void ToldProject::record(const history::Run& run) const {
    const auto recorded = store()->record(run);
    REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
}

void ToldProject::record_all(const std::vector<double>& seconds, int first) const {
    const auto open = store();
    for (const double figure : seconds) {
        const auto recorded = open->record(told(first++, figure));
        REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
    }
}

integration::Ended ToldProject::assay(std::vector<std::string> words,
                                      std::map<std::string, std::string> environment) const {
    integration::Surroundings around;
    around.environment = std::move(environment);
    return box_.assay(std::move(words), around);
}

json::object document_of(const std::string& text, const std::string& schema) {
    const auto document = parse_json(text);
    REQUIRE_MESSAGE(document.ok(), document.error().message);
    const auto read = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + schema);
    REQUIRE_MESSAGE(read.ok(), read.error().message);
    const auto compiled = Schema::compile(*read, SchemaLevel::host);
    REQUIRE_MESSAGE(compiled.ok(), compiled.error().message);
    for (const SchemaProblem& problem : compiled->validate(*document)) {
        FAIL_CHECK(to_text(problem));
    }
    return document->get_object();
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace assay::test
