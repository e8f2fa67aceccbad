// What changes a history that was opened for writing, and copies of it.
#include "history/events_from_run.hpp"
#include "history/record_document.hpp"
#include "history/run_from_events.hpp"
#include "history/run_uuid.hpp"
#include "history/timestamp.hpp"
#include "library/opened.hpp"
#include "library/values.hpp"
#include "measure/platform.hpp"
#include "support/sha256.hpp"

#include <chrono>
#include <system_error>

namespace assay::recorded {
namespace {

std::int64_t now_unix_ns() {
    using namespace std::chrono;
    return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

// This machine, read the way a measured run's own head is, so that both name the same platform. Of
// git nothing: where a program runs is not where its source lies; the document may say it.
assay::Result<history::RecordContext> context_here() {
    const std::int64_t now = now_unix_ns();
    const json::object begin{{"kind", "run_begin"},
                             {"run",
                              json::object{{"id", history::run_uuid(now, sha256_of("context"))},
                                           {"started", history::timestamp_text(now)},
                                           {"platform", measure::describe_platform()}}}};
    history::RunFromEvents events;
    if (const Status taken = events.take(begin); !taken) {
        return taken.error();
    }
    auto run = std::move(events).finish();
    if (!run) {
        return run.error();
    }
    history::RecordContext context{.now = now, .platform = std::move(run->platform)};
    context.host_version = ASSAY_LIBRARY_VERSION;
    return context;
}

Error not_writable(const std::string& where) {
    return {.kind = ErrorKind::usage,
            .message = "the history " + where + " was opened for reading only",
            .hint = "open it with {.writable = true}"};
}

} // namespace

Result<RecordedRun> History::record_run(std::string_view document) {
    return answered([&]() -> Result<RecordedRun> {
        if (!opened_->writable) {
            return not_writable(opened_->store->where());
        }
        const auto context = context_here();
        if (!context) {
            return error_of(context.error());
        }
        const auto run = history::run_from_record(document, "the document", *context);
        if (!run) {
            return error_of(run.error());
        }
        // The bundle first: it is there whatever becomes of the database.
        if (!opened_->bundles.empty()) {
            if (const auto bundle = history::write_bundle(*run, opened_->bundles); !bundle) {
                return error_of(bundle.error());
            }
        }
        const auto recorded = opened_->store->record(*run);
        if (!recorded) {
            return error_of(recorded.error());
        }
        return RecordedRun{.uuid = run->uuid,
                           .is_new = *recorded == history::Recorded::added,
                           .points = run->points.size()};
    });
}

Result<BackedUp> History::backup(const std::string& file) {
    return answered([&]() -> Result<BackedUp> {
        if (const Status done = opened_->store->backup(file); !done) {
            return error_of(done.error());
        }
        std::error_code failed;
        const auto bytes = std::filesystem::file_size(file, failed);
        return BackedUp{.file = file, .bytes = failed ? 0 : bytes};
    });
}

Result<Compacted> History::compact(const Retention& retention) {
    return answered([&]() -> Result<Compacted> {
        if (!opened_->writable) {
            return not_writable(opened_->store->where());
        }
        const auto done = opened_->store->compact({.now = now_unix_ns(),
                                                   .samples_days = retention.samples.count(),
                                                   .dry_run = retention.dry_run});
        if (!done) {
            return error_of(done.error());
        }
        return Compacted{.samples_before = done->samples_before,
                         .samples_sketched = done->samples_sketched,
                         .samples_pinned = done->samples_pinned,
                         .artifacts_removed = done->artifacts_removed,
                         .bytes_before = done->bytes_before,
                         .bytes_after = done->bytes_after};
    });
}

} // namespace assay::recorded
