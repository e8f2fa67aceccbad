#include "app/importing/importers.hpp"

#include "app/importing/importer_choice.hpp"
#include "app/session/supervisor_options.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <algorithm>

namespace assay::app {
namespace {

using std::chrono::milliseconds;

// Looking at 64 KiB is a matter of milliseconds; a document at the limit takes some seconds.
constexpr milliseconds kProbeTime{10'000};
constexpr milliseconds kImportTime{300'000};

workers::SupervisorOptions unpinned(const Settings& settings) {
    workers::SupervisorOptions options = supervisor_options(settings);
    options.pin = false; // nothing is timed
    return options;
}

measure::ImportRequest request_for(const std::string& importer, const ForeignFile& file) {
    return {.importer = importer, .path = file.path(), .name = file.name()};
}

} // namespace

Importers::Importers(const LoadedPlugins& loaded, const Settings& settings)
    : probe_time_(settings.session.timeout.value_or(kProbeTime))
    , import_time_(settings.session.timeout.value_or(kImportTime))
    , project_untrusted_(loaded.project_untrusted)
    , supervisor_(unpinned(settings)) {
    for (const LoadedPlugin& plugin : loaded.plugins) {
        if (plugin.entry.state != catalog::EntryState::usable) {
            continue;
        }
        for (const catalog::Provided& provided : plugin.entry.manifest.provides) {
            if (provided.kind == ASSAY_KIND_IMPORTER) {
                known_.push_back({provided.name, &plugin});
            }
        }
    }
}

std::vector<std::string> Importers::names() const {
    std::vector<std::string> names;
    for (const Known& one : known_) {
        names.push_back(one.name);
    }
    return names;
}

Status Importers::check(const std::string& name) const {
    const std::vector<std::string> all = names();
    if (std::ranges::find(all, name) != all.end()) {
        return {};
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "there is no importer '" + name + "'" + did_you_mean(name, all),
                 .hint = all.empty() ? "no plugin provides an importer"
                         : project_untrusted_
                             ? "those of this project's .assay/ are not loaded: see 'assay trust'"
                             : "there are: " + join(all, ", ")};
}

Result<workers::Worker*> Importers::worker_of(const std::string& importer) {
    const auto known = std::ranges::find(known_, importer, &Known::name);
    if (known == known_.end()) {
        return check(importer).error();
    }
    std::unique_ptr<workers::Worker>& worker = workers_[known->plugin];
    if (worker && worker->alive()) {
        return worker.get();
    }
    const catalog::Store store(catalog::default_store_folder());
    const Result<catalog::StoredPlugin> stored = catalog::admit(store, known->plugin->entry);
    if (!stored) {
        return stored.error();
    }
    auto started = supervisor_.start(
        {.plugin_path = stored->path.string(), .plugin_id = known->plugin->entry.manifest.id});
    if (!started) {
        return started.error();
    }
    worker = std::move(*started);
    return worker.get();
}

Result<std::string> Importers::recognise(const ForeignFile& file, const Messages& say) {
    std::vector<ImporterScore> scores;
    for (const Known& one : known_) {
        const auto worker = worker_of(one.name);
        const Result<std::int32_t> sure =
            worker ? (*worker)->probe(request_for(one.name, file), probe_time_)
                   : Result<std::int32_t>(worker.error());
        if (sure) {
            scores.push_back({one.name, *sure});
        } else if (sure.error().kind == ErrorKind::cancelled) {
            return sure.error();
        } else {
            say.warning("importer " + one.name + " could not be asked: " + sure.error().message);
        }
    }
    Result<std::string> chosen = choose_importer(file.shown(), std::move(scores));
    if (!chosen && file.name().ends_with('/')) {
        Error error = chosen.error();
        error.hint =
            "a folder is one store of one tool; where it holds files of several, name those: "
            "assay import auto " +
            file.shown() + (file.shown().ends_with('/') ? "*" : "/*");
        return error;
    }
    return chosen;
}

Status Importers::import_file(const std::string& importer,
                              const ForeignFile& file,
                              const std::function<Status(measure::ImportedEvent&&)>& take) {
    const auto worker = worker_of(importer);
    return worker ? (*worker)->import_file(request_for(importer, file), take, import_time_)
                  : Status(worker.error());
}

void Importers::cancel() {
    supervisor_.cancel_all();
}

void Importers::kill() {
    supervisor_.kill_all();
}

} // namespace assay::app
