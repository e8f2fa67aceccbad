#include "app/importing/imported_runs.hpp"

#include "app/importing/repeated_metric.hpp"
#include "history/project_name.hpp"
#include "history/repositories.hpp"
#include "history/run_uuid.hpp"
#include "plan/case_id.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace assay::app {
namespace {

using measure::CaseStatus;
using measure::ImportedCase;
using measure::ImportedMetric;
using measure::ImportedRun;

constexpr std::size_t kNotesMax = 20;

// Words that stand in labels of platforms; anything else becomes one '_'.
std::string label_of(std::string_view text) {
    std::string label;
    for (const char c : text) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (kept) {
            label += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        } else if (!label.empty() && label.back() != '_') {
            label += '_';
        }
    }
    while (!label.empty() && label.back() == '_') {
        label.pop_back();
    }
    return label;
}

// A machine that the file does not describe is not taken for this one.
history::Platform platform_of(const ImportedRun& told) {
    history::Platform platform;
    platform.label = label_of(told.machine);
    if (platform.label.empty()) {
        platform.label = told.hardware.empty() ? "unknown" : "imported";
    }
    platform.identity["label"] = platform.label;
    if (!told.hardware.empty()) {
        platform.identity["hardware"] = told.hardware;
    }
    platform.fingerprint = sha256_of(canonical_json(platform.identity));
    return platform;
}

std::string axis_of(std::string_view name, const json::value& value) {
    measure::ParameterValue held = std::string();
    if (value.is_int64()) {
        held = value.get_int64();
    } else if (value.is_double()) {
        held = value.get_double();
    } else if (value.is_bool()) {
        held = value.get_bool();
    } else if (value.is_string()) {
        held = std::string(value.get_string());
    } else {
        held = std::string("null");
    }
    return plan::axis_text(imported_name(name), held);
}

std::string axes_of(const json::object& parameters) {
    std::string axes;
    for (const auto& member : parameters) {
        axes += (axes.empty() ? "" : ",") + axis_of(std::string(member.key()), member.value());
    }
    return axes;
}

// Of two repeats that ended differently the worse one counts.
bool is_worse(CaseStatus one, CaseStatus other) noexcept {
    constexpr std::array kOrder{CaseStatus::passed,
                                CaseStatus::skipped,
                                CaseStatus::unavailable,
                                CaseStatus::cancelled,
                                CaseStatus::failed,
                                CaseStatus::timed_out,
                                CaseStatus::wrong_result,
                                CaseStatus::crashed};
    return std::ranges::find(kOrder, one) > std::ranges::find(kOrder, other);
}

bool is_bad(CaseStatus status) noexcept {
    return is_worse(status, CaseStatus::cancelled);
}

} // namespace

std::string imported_name(std::string_view name) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kMeaning = "%[]=,\"\x7F";
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || kMeaning.find(c) != std::string_view::npos) {
            text += '%';
            text += kHex[byte >> 4U];
            text += kHex[byte & 15U];
        } else {
            text += c;
        }
    }
    return text;
}

ImportedRuns::ImportedRuns(ImportContext context)
    : context_(std::move(context)) {}

// What the file says of itself beats the options, and who gave them hears of it, once.
void ImportedRuns::note_unheeded(const ImportedRun& told) {
    const auto note = [this](bool& said, const std::string& text) {
        if (!said) {
            notes_.push_back(text);
        }
        said = true;
    };
    if (!told.commit.empty() && !context_.commit.empty() && told.commit != context_.commit) {
        note(commit_unheeded_, "it names its commit, " + told.commit + ": --commit is not heeded");
    }
    if (told.date && context_.date && *told.date != *context_.date) {
        note(date_unheeded_, "it says when it was measured: --date is not heeded");
    }
}

void ImportedRuns::note_unread(const measure::ImportedEnd& end) {
    if (end.unread.empty()) {
        return;
    }
    std::string text =
        end.unread_count == 1 ? "a file of the folder is" : "files of the folder are";
    text += " none of " + context_.format + "'s, and not read: " + join(end.unread, ", ");
    if (end.unread_count > end.unread.size()) {
        text += " and " + std::to_string(end.unread_count - end.unread.size()) + " more";
    }
    notes_.push_back(std::move(text));
}

void ImportedRuns::begin(const ImportedRun& told) {
    close();
    note_unheeded(told);
    history::Run& run = open_.emplace();
    run.kind = "import";
    run.isolation = "imported";
    run.host_version = context_.host_version;
    run.git.sha = told.commit.empty() ? context_.commit : told.commit;
    run.git.parent_sha = told.parent_commit;
    run.git.branch = told.branch.empty() ? context_.branch : told.branch;
    run.git.dirty = told.dirty;
    run.git.commit_time = told.commit_time;
    run.repo_url = told.repository.empty() ? context_.repo_url : told.repository;
    run.project =
        context_.project.empty() ? history::project_name(told.repository) : context_.project;
    run.platform = context_.platform ? *context_.platform : platform_of(told);
    run.environment = told.environment;
    const std::optional<std::int64_t> date = told.date ? told.date : context_.date;
    run.started = date.value_or(told.commit_time.value_or(context_.now));
    run.finished = run.started;
    run.metadata = {{"format", context_.format},
                    {"file", context_.file},
                    {"sha256", context_.sha256},
                    {"tool", told.tool}};
    history::keep_root_commit(context_.root_commit, run);
    if (!date) {
        run.metadata["date"] =
            told.commit_time ? "not told: that of the commit" : "not told: that of the import";
    }
}

Status ImportedRuns::take(measure::ImportedEvent&& event) {
    if (const auto* run = std::get_if<ImportedRun>(&event)) {
        begin(*run);
        return {};
    }
    if (const auto* end = std::get_if<measure::ImportedEnd>(&event)) {
        if (partial_.empty()) {
            partial_ = end->partial;
        }
        note_unread(*end);
        close();
        return {};
    }
    if (!open_) {
        return Error{.kind = ErrorKind::plugin,
                     .message = context_.file + ": the importer " + context_.format +
                                " gave a result before it gave a run",
                     .hint = {}};
    }
    gather(std::get<ImportedCase>(std::move(event)));
    return {};
}

void ImportedRuns::gather(ImportedCase&& row) {
    const std::string suite = imported_name(row.suite.empty() ? context_.format : row.suite);
    const std::string family = imported_name(row.name);
    std::string id = plan::case_id(suite, family, axes_of(row.parameters));
    const auto [at, is_new] = case_of_.try_emplace(id, cases_.size());
    if (is_new) {
        Gathered& made = cases_.emplace_back();
        made.series.case_id = id;
        made.series.suite = suite;
        made.series.family = family;
        made.series.params = row.parameters;
        made.series.isolation = "imported";
    }
    Gathered& gathered = cases_[at->second];
    if (is_worse(row.status, gathered.status)) {
        gathered.status = row.status;
        gathered.reason = row.reason;
    }
    if (!row.note.empty() && notes_.size() < kNotesMax) {
        notes_.push_back(id + ": " + row.note);
    }
    for (ImportedMetric& metric : row.metrics) {
        const auto same = std::ranges::find_if(
            gathered.metrics, [&metric](const std::vector<ImportedMetric>& repeats) {
                return repeats.front().key == metric.key;
            });
        if (same == gathered.metrics.end()) {
            gathered.metrics.emplace_back().push_back(std::move(metric));
        } else {
            same->push_back(std::move(metric));
        }
    }
}

void ImportedRuns::close() {
    if (!open_) {
        return;
    }
    history::Run run = std::move(*open_);
    open_.reset();
    for (Gathered& gathered : cases_) {
        std::vector<history::Point> points;
        for (const std::vector<ImportedMetric>& repeats : gathered.metrics) {
            if (gathered.status != CaseStatus::passed) {
                break;
            }
            Result<history::Point> point = imported_point(repeats, context_.direction);
            if (!point) {
                gathered.status = CaseStatus::failed;
                gathered.reason = point.error().message;
                points.clear();
                break;
            }
            point->series = [&] {
                history::Series series = gathered.series;
                history::Series& own = point->series;
                series.metric = own.metric;
                series.unit = own.unit;
                series.source_unit = own.source_unit;
                series.direction = own.direction;
                series.clock = own.clock;
                series.flags = own.flags;
                return series;
            }();
            points.push_back(std::move(*point));
        }
        if (gathered.status != CaseStatus::passed) {
            run.failures.push_back({gathered.series.case_id, gathered.status, gathered.reason});
            run.status = is_bad(gathered.status) ? "failed" : run.status;
        }
        std::ranges::move(points, std::back_inserter(run.points));
    }
    for (history::Point& point : run.points) {
        point.series.platform = run.platform;
    }
    cases_.clear();
    case_of_.clear();
    if (!run.points.empty() || !run.failures.empty()) {
        runs_.push_back(std::move(run));
    }
}

std::vector<history::Run> ImportedRuns::finish() && {
    close();
    const bool several = runs_.size() > 1;
    std::int64_t place = 0;
    for (history::Run& run : runs_) {
        if (run.metadata.contains("date") && !run.git.commit_time) { // the order of the file stays
            run.started += place++;
            run.finished = run.started;
        }
        // A branch's history grows at its end: of its older runs every import gives the same key.
        const json::object said{
            {"format", context_.format},
            {"commit", context_.commit},
            {"branch", context_.branch},
            {"date", context_.date ? json::value(*context_.date) : json::value(nullptr)},
            {"platform", context_.platform ? context_.platform->label : ""},
            {"direction", measure::name_of(context_.direction)},
            {"content", several ? content_digest(run) : context_.sha256}};
        run.delivery.idempotency_key = sha256_of(canonical_json(said));
        run.uuid = history::run_uuid(run.started, run.delivery.idempotency_key);
    }
    return std::move(runs_);
}

} // namespace assay::app
