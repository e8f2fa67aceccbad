// `assay history name`: a recorded run that is meant by a word of ours from then on.
#include "app/baselines/approval.hpp"
#include "app/commands/history_command.hpp"
#include "app/history/meant_run.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "history/run_names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {
namespace {

// The series that a run's name is kept with: its first.
Result<std::int64_t> first_series_of(history::Store& store, const history::Run& run) {
    for (const history::Point& point : run.points) {
        const auto rows = store.series({.case_id = point.series.case_id});
        if (!rows) {
            return rows.error();
        }
        const std::string key = history::series_key(point.series);
        for (const history::SeriesRow& row : *rows) {
            if (history::series_key(row.series) == key) {
                return row.id;
            }
        }
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "run " + run.uuid + " has no figure, and so nothing to name",
                 .hint = "'assay history runs' lists those that have"};
}

// Who has the name now; nothing where nobody has.
std::optional<history::Run> holder_of(history::Store& store, const std::string& name) {
    auto run = store.run(name);
    return run ? std::optional(std::move(*run)) : std::nullopt;
}

Status keep_naming(history::Store& store, const history::Run& run, history::RunNaming naming) {
    const auto series = first_series_of(store, run);
    if (!series) {
        return series.error();
    }
    std::vector<history::VerdictRow> rows{history::run_name_row(run.uuid, *series, naming)};
    const auto before = holder_of(store, naming.name);
    if (before && before->uuid != run.uuid) {
        const auto theirs = first_series_of(store, *before);
        if (!theirs) {
            return theirs.error();
        }
        naming.removed = true;
        --naming.when; // the newest word about a name counts, wherever it is read
        rows.push_back(history::run_name_row(before->uuid, *theirs, naming));
    }
    return store.add_verdicts(rows);
}

Result<history::Run> run_to_name(history::Store& store, const Invocation& invocation) {
    const std::string& name = invocation.words.front();
    const bool has_run = invocation.words.size() > 1;
    if (!invocation.has("--remove")) {
        return store.run(has_run ? invocation.words[1] : "latest");
    }
    auto held = store.run(name);
    if (held && has_run) {
        const auto meant = store.run(invocation.words[1]);
        if (!meant) {
            return meant.error();
        }
        if (meant->uuid != held->uuid) {
            return Error{.kind = ErrorKind::usage,
                         .message = "run " + meant->uuid + " is not named '" + name + "', but " +
                                    held->uuid + " is",
                         .hint = "leave the run out"};
        }
    }
    return held;
}

} // namespace

int history_name(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const std::string& name = invocation.words.front();
    if (Status good = history::check_run_name(name); !good) {
        return report(say, good.error());
    }
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return report(say, opened.error());
    }
    history::Store& store = *opened->store;
    const bool removed = invocation.has("--remove");
    const auto run = run_to_name(store, invocation);
    if (!run) {
        return report(say, run.error());
    }
    const auto before = removed ? std::nullopt : holder_of(store, name);
    const Status kept = keep_naming(
        store,
        *run,
        {.name = name, .who = who_decides(), .when = now_nanoseconds(), .removed = removed});
    if (!kept) {
        return report(say, kept.error());
    }
    return print_result(
        say,
        printable(run_in_words(*run) +
                  (removed ? " is no more named '" + name + "'\n"
                           : " is named '" + name + "'" +
                                 (before && before->uuid != run->uuid
                                      ? ", which was run " + before->uuid + " before"
                                      : "") +
                                 "\nnext: assay history show " + name + "\n")));
}

} // namespace assay::app
