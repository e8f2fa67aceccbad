#include "app/comparison/recorded_pair.hpp"

#include "app/comparison/results_file.hpp"
#include "app/history/opened_history.hpp"
#include "app/importing/shared_series.hpp"

#include <utility>
#include <vector>

namespace assay::app {
namespace {

constexpr std::string_view kRunPrefix = "run:";

// `store`: where a run of the history is asked for.
Result<RecordedSide> read_side(history::Store* store, const std::string& name) {
    if (!is_history_run(name)) {
        auto file = read_results_file(name);
        if (!file) {
            return file.error();
        }
        return RecordedSide{.name = name,
                            .run = std::move(file->run),
                            .configurations = std::move(file->configurations)};
    }
    auto run = store->run(name.substr(kRunPrefix.size()));
    if (!run) {
        return run.error();
    }
    std::string whole = std::string(kRunPrefix) + run->uuid;
    return RecordedSide{.name = std::move(whole), .run = std::move(*run)};
}

// Of documents alone: nothing is written where a project keeps its runs.
Status keep_both(RecordedPair& pair) {
    auto folder = workers::ScratchFolder::make("runs");
    if (!folder) {
        return folder.error();
    }
    pair.folder = std::move(*folder);
    auto store = history::open_store(pair.folder->path() + "/history.db", {.create = true});
    if (!store) {
        return store.error();
    }
    pair.store = std::move(*store);
    for (const RecordedSide* side : {&pair.old_side, &pair.new_side}) {
        if (const auto kept = pair.store->record(side->run); !kept) {
            Error error = kept.error();
            error.message = side->name + ": " + error.message;
            return error;
        }
    }
    return {};
}

} // namespace

bool is_history_run(std::string_view name) noexcept {
    return name.starts_with(kRunPrefix);
}

Result<RecordedPair> read_recorded_pair(const Invocation& invocation, const Messages& say) {
    RecordedPair pair;
    const std::string& old_name = invocation.words[0];
    const std::string& new_name = invocation.words[1];
    if (is_history_run(old_name) || is_history_run(new_name)) {
        auto opened = open_history(invocation, {.read_only = true});
        if (!opened) {
            return opened.error();
        }
        pair.store = std::move(opened->store);
        for (const std::string& warning : pair.store->warnings()) {
            say.warning(warning);
        }
    }
    auto before = read_side(pair.store.get(), old_name);
    if (!before) {
        return before.error();
    }
    auto after = read_side(pair.store.get(), new_name);
    if (!after) {
        return after.error();
    }
    pair.old_side = std::move(*before);
    pair.new_side = std::move(*after);
    if (pair.old_side.run.uuid == pair.new_side.run.uuid) {
        return Error{.kind = ErrorKind::usage,
                     .message = pair.new_side.name +
                                " would be held against itself: both are run " +
                                pair.new_side.run.uuid,
                     .hint = "'assay history runs' lists those that there are"};
    }
    if (Status common = check_shared(
            pair.old_side.run, pair.new_side.run, pair.old_side.name, pair.new_side.name);
        !common) {
        return common.error();
    }
    if (!pair.store) {
        if (Status kept = keep_both(pair); !kept) {
            return kept.error();
        }
    }
    return pair;
}

StoredPair stored_pair(const RecordedPair& pair) {
    const auto side = [](const RecordedSide& one) {
        return StoredSide{.name = one.name, .run = one.run, .configurations = one.configurations};
    };
    return {.kind = StoredKind::runs,
            .store = *pair.store,
            .old_side = side(pair.old_side),
            .new_side = side(pair.new_side),
            .advice = "advisory: two recorded runs, measured at different times and not paired"};
}

} // namespace assay::app
