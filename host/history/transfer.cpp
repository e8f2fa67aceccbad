#include "history/transfer.hpp"

#include "history/events_from_run.hpp"
#include "history/judgements_file.hpp"
#include "history/run_from_events.hpp"
#include "history/transfer_place.hpp"

#include <algorithm>
#include <set>
#include <system_error>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

// Errors that lie in one run; all others are of the place, and end the transfer.
bool of_the_run(const Error& error) {
    return error.kind == ErrorKind::plugin || error.kind == ErrorKind::config ||
           error.kind == ErrorKind::protocol;
}

// The store compares what it has under the same uuid, and refuses what differs.
Status take(const Run& run, const std::string& name, Store& into, Transfer& transfer) {
    // As one of a batch: that it is older than others here says nothing of any clock.
    const Result<std::size_t> recorded = into.record_all({run});
    if (!recorded) {
        if (!of_the_run(recorded.error())) {
            return recorded.error();
        }
        transfer.broken.push_back({name, recorded.error()});
        return {};
    }
    if (*recorded == 0) {
        ++transfer.known;
    } else {
        ++transfer.added;
        transfer.added_runs.push_back(run.uuid);
    }
    return {};
}

Status take_bundle(const fs::path& file, Store& into, Transfer& transfer) {
    const Result<Run> run = read_run(file);
    if (!run) { // also one that cannot be read: the others can
        transfer.broken.push_back({file.string(), run.error()});
        return {};
    }
    return take(*run, file.string(), into, transfer);
}

struct FolderContent {
    std::vector<fs::path> bundles, judgements;
};

// By name, so that runs come in the order in which they were begun.
Result<FolderContent> folder_content(const fs::path& folder, Transfer& transfer) {
    FolderContent content;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const fs::path file = entry->path();
        if (file.extension() == ".ndjson") {
            content.bundles.push_back(file);
        } else if (is_judgements_file(file)) {
            content.judgements.push_back(file);
        } else if (file.extension() == ".part" &&
                   file.string().find(".ndjson.") != std::string::npos) {
            transfer.unfinished.push_back(file.string());
        }
    }
    if (failed) {
        return Error{.kind = ErrorKind::io,
                     .message =
                         "cannot read the folder " + folder.string() + ": " + failed.message(),
                     .hint = {}};
    }
    std::ranges::sort(content.bundles);
    std::ranges::sort(content.judgements);
    return content;
}

void add(const TakenJudgements& more, TakenJudgements& sum) {
    sum.exclusions += more.exclusions;
    sum.baselines += more.baselines;
    sum.verdicts += more.verdicts;
    sum.gates += more.gates;
    sum.known += more.known;
    sum.left_out += more.left_out;
}

Status take_judgements(const Judgements& said, Store& into, Transfer& transfer) {
    const Result<TakenJudgements> taken = into.add_judgements(said);
    if (!taken) {
        return taken.error();
    }
    add(*taken, transfer.judgements);
    return {};
}

Status take_folder(const fs::path& folder, Store& into, Transfer& transfer) {
    const auto content = folder_content(folder, transfer);
    if (!content) {
        return content.error();
    }
    for (const fs::path& bundle : content->bundles) {
        if (Status taken = take_bundle(bundle, into, transfer); !taken) {
            return taken;
        }
    }
    for (const fs::path& file : content->judgements) {
        const Result<ReadJudgements> read = read_judgements(file);
        if (!read) {
            transfer.broken.push_back({file.string(), read.error()});
            continue;
        }
        transfer.judgements.left_out += read->not_known;
        if (Status taken = take_judgements(read->judgements, into, transfer); !taken) {
            return taken;
        }
    }
    return {};
}

// What speaks of one of these runs; a baseline of no run speaks of its series.
Judgements about(const std::set<std::string>& runs, Judgements&& all) {
    const auto other = [&runs](const std::string& uuid) { return !runs.contains(uuid); };
    std::erase_if(all.exclusions, [&](const Exclusion& one) { return other(one.run_uuid); });
    std::erase_if(all.verdicts, [&](const ToldVerdict& one) { return other(one.row.run_uuid); });
    std::erase_if(all.gates, [&](const ToldGate& one) { return other(one.row.run_uuid); });
    std::erase_if(all.baselines, [&](const ToldBaseline& one) {
        return (!one.row.from_run.empty() && other(one.row.from_run)) ||
               (!one.row.to_run.empty() && other(one.row.to_run));
    });
    return std::move(all);
}

// Of the runs that were taken or given.
Result<Judgements> judgements_about(const std::set<std::string>& runs, Store& from) {
    Result<Judgements> all = from.judgements();
    return all ? Result<Judgements>(about(runs, std::move(*all))) : all;
}

Status take_store(const RunQuery& query, Store& from, Store& into, Transfer& transfer) {
    std::set<std::string> runs;
    Status taken = from.each_run(query, [&](Run&& run) {
        runs.insert(run.uuid);
        return take(run, run.uuid, into, transfer);
    });
    if (!taken) {
        return taken;
    }
    const Result<Judgements> said = judgements_about(runs, from);
    return said ? take_judgements(*said, into, transfer) : Status(said.error());
}

// The bundle that was written while it was measured, where there is one.
Result<SealedBundle> bundle_of(const Run& run, const fs::path& originals, const fs::path& folder) {
    std::error_code failed;
    const fs::path original = originals / bundle_name(run.uuid);
    if (!originals.empty() && fs::exists(original, failed)) {
        Result<SealedBundle> copy = copy_bundle(original, folder);
        // Spoilt since it was written: the store has it still.
        if (copy || fs::exists(folder / bundle_name(run.uuid), failed)) {
            return copy;
        }
    }
    return write_bundle(run, folder);
}

Status give_folder(Store& from,
                   const fs::path& folder,
                   const TransferOptions& options,
                   Transfer& transfer) {
    std::set<std::string> runs;
    Status given = from.each_run(options.runs, [&](Run&& run) -> Status {
        runs.insert(run.uuid);
        const Result<SealedBundle> bundle = bundle_of(run, options.bundles, folder);
        if (!bundle) {
            if (!of_the_run(bundle.error())) {
                return bundle.error();
            }
            transfer.broken.push_back({run.uuid, bundle.error()});
        } else if (bundle->known) {
            ++transfer.known;
        } else {
            ++transfer.added;
            transfer.added_runs.push_back(run.uuid);
        }
        return {};
    });
    if (!given) {
        return given;
    }
    const Result<Judgements> said = judgements_about(runs, from);
    const Result<TakenJudgements> written =
        said ? write_judgements(*said, folder) : Result<TakenJudgements>(said.error());
    if (!written) {
        return written.error();
    }
    transfer.judgements = *written;
    return {};
}

Result<Transfer> ended(const Status& status, Transfer&& transfer) {
    if (!status) {
        return status.error();
    }
    return std::move(transfer);
}

} // namespace

Result<Transfer> pull(const std::string& source, Store& into) {
    const Result<TransferPlace> place = place_to_read(source);
    if (!place) {
        return place.error();
    }
    Transfer transfer{.source = source, .destination = into.where()};
    switch (place->kind) {
    case PlaceKind::folder:
        return ended(take_folder(place->where, into, transfer), std::move(transfer));
    case PlaceKind::bundle:
        return ended(take_bundle(place->where, into, transfer), std::move(transfer));
    case PlaceKind::store:
        break;
    }
    Result<std::unique_ptr<Store>> from = open_store(place->where, {.read_only = true});
    if (!from) {
        return from.error();
    }
    transfer.source = (*from)->where();
    return ended(take_store({}, **from, into, transfer), std::move(transfer));
}

Result<Transfer> push(Store& from, const std::string& destination, const TransferOptions& options) {
    const Result<TransferPlace> place = place_to_write(destination);
    if (!place) {
        return place.error();
    }
    Transfer transfer{.source = from.where(), .destination = destination};
    if (place->kind != PlaceKind::store) {
        return ended(give_folder(from, place->where, options, transfer), std::move(transfer));
    }
    Result<std::unique_ptr<Store>> into = open_store(place->where, {.create = true});
    if (!into) {
        return into.error();
    }
    transfer.destination = (*into)->where();
    return ended(take_store(options.runs, from, **into, transfer), std::move(transfer));
}

} // namespace assay::history
