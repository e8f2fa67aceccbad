// The importers of the plugins that were found, each in a worker of its own that is started when it
// is first asked and kept for the next file.
//
//   Importers importers(loaded, settings);
//   Result<std::string> format = importers.recognise(file, say);
//   Status read = importers.import_file(*format, file, take);
//
// Called from one thread; cancel() from any.
#pragma once

#include "app/importing/foreign_file.hpp"
#include "app/message.hpp"
#include "app/plugin_loading.hpp"
#include "workers/worker.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay::app {

class Importers {
public:
    Importers(const LoadedPlugins& loaded, const Settings& settings);

    // In the order of the catalog.
    [[nodiscard]] std::vector<std::string> names() const;

    // Errors: usage (no importer of that name, with what is like it).
    Status check(const std::string& name) const;

    // Asks every importer. One that cannot be asked is told of as a warning, and knows nothing.
    Result<std::string> recognise(const ForeignFile& file, const Messages& say);

    // Errors: plugin (what is wrong with the file, or the importer's end), those of starting it.
    Status import_file(const std::string& importer,
                       const ForeignFile& file,
                       const std::function<Status(measure::ImportedEvent&&)>& take);

    void cancel();
    void kill();

private:
    struct Known {
        std::string name;
        const LoadedPlugin* plugin = nullptr;
    };

    Result<workers::Worker*> worker_of(const std::string& importer);

    std::vector<Known> known_;
    std::chrono::milliseconds probe_time_, import_time_;
    bool project_untrusted_;
    workers::Supervisor supervisor_;
    std::map<const LoadedPlugin*, std::unique_ptr<workers::Worker>> workers_;
};

} // namespace assay::app
