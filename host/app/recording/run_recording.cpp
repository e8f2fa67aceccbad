#include "app/recording/run_recording.hpp"

#include "app/recording/namesakes.hpp"
#include "app/version.hpp"
#include "history/bundle.hpp"
#include "history/run_from_events.hpp"
#include "history/store.hpp"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

class Spool final : public report::Receiver {
public:
    explicit Spool(history::BundleWriter bundle)
        : bundle_(std::move(bundle)) {}

    [[nodiscard]] std::string name() const override { return "history"; }

    Status on_event(const report::Event& event) override {
        // How far a run is, is nothing that was measured.
        return event.kind == report::EventKind::progress ? Status{}
                                                         : bundle_.add(report::to_json(event));
    }

    Status finish() override {
        const Result<history::SealedBundle> sealed = bundle_.seal();
        return sealed ? Status{} : Status(sealed.error());
    }

private:
    history::BundleWriter bundle_;
};

// Short where it lies below the folder that the user is in.
std::string shown(const std::string& path) {
    std::error_code failed;
    const fs::path below = fs::path(path).lexically_proximate(fs::current_path(failed));
    return failed || below.empty() || *below.begin() == ".." ? path : below.string();
}

Result<std::unique_ptr<history::Store>> open_or_make(const std::string& where) {
    const fs::path folder = fs::path(where).parent_path();
    if (where.find("://") == std::string::npos && !folder.empty()) {
        std::error_code failed;
        fs::create_directories(folder, failed);
        if (failed) {
            return Error{.kind = ErrorKind::io,
                         .message =
                             "cannot make the folder " + folder.string() + ": " + failed.message(),
                         .hint = {}};
        }
    }
    return history::open_store(where, {.create = true});
}

struct Kept {
    std::unique_ptr<history::Store> store;
    history::Run run;
};

// A file that is no history, or one of a newer Assay, will be so after minutes of measuring too. It
// is not held meanwhile. A server may be back by then, so nobody asks it.
Status check_kind(const HistoryPlace& place) {
    if (place.store.starts_with("postgres")) {
        return {};
    }
    const auto store = history::open_store(place.store);
    return !store && store.error().kind == ErrorKind::config ? Status(store.error()) : Status{};
}

Result<Kept> fill_store(const HistoryPlace& place, const fs::path& bundle) {
    Result<history::Run> run = history::read_run(bundle);
    if (!run) {
        return run.error();
    }
    auto store = open_or_make(place.store);
    if (!store) {
        return store.error();
    }
    if (const auto recorded = (*store)->record(*run); !recorded) {
        return recorded.error();
    }
    return Kept{.store = std::move(*store), .run = std::move(*run)};
}

std::string cases_text(const history::Run& run) {
    std::set<std::string_view> cases;
    for (const history::Point& point : run.points) {
        cases.insert(point.series.case_id);
    }
    for (const history::Failure& failure : run.failures) {
        cases.insert(failure.case_id);
    }
    return std::to_string(cases.size()) + (cases.size() == 1 ? " case" : " cases");
}

} // namespace

Result<std::unique_ptr<report::Receiver>> open_spool(const HistoryPlace& place,
                                                     const std::string& run_id) {
    Result<history::BundleWriter> bundle = history::BundleWriter::create(
        place.bundles, {.run = run_id, .host_version = std::string(kVersion)});
    if (!bundle) {
        return bundle.error();
    }
    return std::unique_ptr<report::Receiver>(std::make_unique<Spool>(std::move(*bundle)));
}

Result<RunRecording> RunRecording::open(const Invocation& invocation,
                                        const Settings& settings,
                                        const Messages& say,
                                        const std::string& run_id,
                                        report::Bus& bus) {
    const Environment environment = process_environment();
    const std::optional<fs::path>& project = settings.places.project;
    const Result<Recording> wish = recording_wish(invocation, environment, project.has_value());
    if (!wish) {
        return wish.error();
    }
    RunRecording recording;
    if (*wish == Recording::off) {
        return recording;
    }
    HistoryPlace place = history_place(project, settings.history, environment, fs::current_path());
    if (*wish == Recording::asked) {
        if (Status usable = check_kind(place); !usable) {
            return usable.error();
        }
    }
    auto spool = open_spool(place, run_id);
    if (!spool && *wish == Recording::asked) {
        return spool.error();
    }
    if (!spool) {
        say.warning("this run is not recorded: " + spool.error().message,
                    "--no-record says so beforehand");
        return recording;
    }
    bus.add(std::move(*spool));
    recording.place_ = std::move(place);
    recording.run_id_ = run_id;
    recording.named_ = settings.project.has_value();
    return recording;
}

ExitCode RunRecording::keep(const Messages& say) const {
    if (!place_) {
        return ExitCode::pass;
    }
    const fs::path bundle = place_->bundles / history::bundle_name(run_id_);
    std::error_code failed;
    if (!fs::exists(bundle, failed)) {
        return ExitCode::failed; // its receiver has failed, and the bus has told why
    }
    const Result<Kept> kept = fill_store(*place_, bundle);
    if (!kept) {
        const std::string cause = kept.error().hint.empty() ? "" : kept.error().hint + "; then ";
        say.error(
            {.kind = ErrorKind::io,
             .message = "the run is measured, but not in the history: " + kept.error().message,
             .hint =
                 cause + "bring it in with: assay history pull '" + shown(bundle.string()) + "'"});
        return ExitCode::failed;
    }
    for (const std::string& warning : kept->store->warnings()) {
        say.warning(warning);
    }
    if (!named_) {
        warn_of_namesakes(say, *kept->store, kept->run);
    }
    say.note_line("recorded run " + run_id_ + " (" + cases_text(kept->run) + ") in " +
                  shown(kept->store->where()) + "   next: assay history show " + run_id_);
    return ExitCode::pass;
}

} // namespace assay::app
