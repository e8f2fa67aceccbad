#include "app/plugin_loading.hpp"

#include "app/plugin_describer.hpp"
#include "app/suite_settings.hpp"
#include "catalog/hash_cache.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <iterator>
#include <thread>

namespace assay::app {

namespace {

// Describing is mostly waiting for a process to start.
constexpr std::size_t kThreadsMax = 8;

// One usable plugin on its way, filled in by one thread.
struct Task {
    std::size_t plugin = 0;
    std::string key; // empty: known once the plugin is stored
    std::vector<LoadedSuite> suites;
    std::vector<LoadFailure> failures;
    std::optional<catalog::StoredPlugin> stored;
};

json::object settings_of(const Settings& settings, const std::string& suite) {
    const json::value* own = settings.suites.if_contains(suite);
    return own != nullptr && own->is_object() ? own->get_object() : json::object{};
}

// The schema of a suite's settings comes with its description, and the description may depend on
// the settings: described without settings first, then, if there are any or the schema has
// defaults, with the checked ones.
Result<LoadedSuite>
describe_suite(PluginDescriber& describer, const std::string& suite, const Settings& settings) {
    const json::object own = settings_of(settings, suite);
    const plan::Mode mode = settings.session.mode;
    const std::string bare = unchecked_config({}, mode);
    Result<measure::SuiteDescription> description = describer.describe(suite, bare);
    if (!description && !own.empty()) {
        // A suite that cannot be made without settings: it must check them itself.
        description = describer.describe(suite, unchecked_config(own, mode));
    }
    if (!description) {
        return description.error();
    }
    Result<std::string> config = suite_config(suite, description->config_schema, own, mode);
    if (!config) {
        return config.error();
    }
    if (*config != bare) {
        description = describer.describe(suite, *config);
        if (!description) {
            return description.error();
        }
    }
    return LoadedSuite{.description = std::move(*description), .config_json = std::move(*config)};
}

void work(Task& task,
          DescriberTools& tools,
          const catalog::CatalogEntry& entry,
          const Settings& settings,
          LoadOptions options) {
    PluginDescriber describer(tools, entry, task.key);
    if (options.store) {
        if (Status status = describer.store(); !status) {
            task.failures.push_back({.plugin = task.plugin, .suite = {}, .error = status.error()});
            return;
        }
    }
    for (const catalog::Provided& provided : entry.manifest.provides) {
        if (!options.describe || provided.kind != ASSAY_KIND_SUITE) {
            continue;
        }
        Result<LoadedSuite> suite = describe_suite(describer, provided.name, settings);
        if (suite) {
            suite->plugin = task.plugin;
            task.suites.push_back(std::move(*suite));
        } else {
            task.failures.push_back(
                {.plugin = task.plugin, .suite = provided.name, .error = suite.error()});
        }
    }
    task.stored = describer.stored();
}

void work_on_all(std::vector<Task>& tasks, const std::function<void(Task&)>& body) {
    if (tasks.size() == 1) {
        body(tasks.front());
        return;
    }
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(tasks.size(), kThreadsMax); ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < tasks.size(); at = next++) {
                body(tasks[at]);
            }
        });
    }
}

// A task for every usable plugin. Where nothing will be loaded for sure, what the content store
// would call it is computed from remembered hashes: enough to find its description.
std::vector<Task> tasks_for(const LoadedPlugins& loaded, LoadOptions options) {
    catalog::HashCache hashes(catalog::cache_folder() / "files.json");
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < loaded.plugins.size(); ++i) {
        const catalog::CatalogEntry& entry = loaded.plugins[i].entry;
        if (entry.state != catalog::EntryState::usable) {
            continue;
        }
        Task& task = tasks.emplace_back();
        task.plugin = i;
        if (!options.store && options.describe) {
            const Result<std::string> key = catalog::store_key(entry.path, &hashes);
            task.key = key ? *key : std::string{};
        }
    }
    hashes.save();
    return tasks;
}

// What the threads found, in the order of the plugins. A configuration that is wrong ends it all.
Status gather(std::vector<Task>& tasks, LoadedPlugins& loaded) {
    for (Task& task : tasks) {
        loaded.plugins[task.plugin].stored = std::move(task.stored);
        std::ranges::move(task.suites, std::back_inserter(loaded.suites));
        for (LoadFailure& failure : task.failures) {
            if (failure.error.kind == ErrorKind::config) {
                return failure.error;
            }
            loaded.failures.push_back(std::move(failure));
        }
    }
    return {};
}

void warn_of_unused_settings(const Settings& settings, LoadedPlugins& loaded) {
    std::vector<std::string> known;
    for (const LoadedPlugin& plugin : loaded.plugins) {
        for (const catalog::Provided& provided : plugin.entry.manifest.provides) {
            if (provided.kind == ASSAY_KIND_SUITE) {
                known.push_back(provided.name);
            }
        }
    }
    for (const auto& [key, value] : settings.suites) {
        const std::string name(key);
        if (std::ranges::find(known, name) == known.end()) {
            loaded.warnings.push_back("configuration: /suites/" + name +
                                      ": no plugin provides this suite" +
                                      did_you_mean(name, known));
        }
    }
}

} // namespace

Result<LoadedPlugins> load_suites(const Settings& settings, LoadOptions options) {
    catalog::CatalogOptions catalog_options = settings.catalog;
    catalog_options.hash_files = options.store;
    const Result<catalog::Catalog> catalog =
        catalog::Catalog::open(settings.places, catalog_options);
    if (!catalog) {
        return catalog.error();
    }
    if (Status status = catalog::check_suite_names(catalog->entries()); !status) {
        return status.error();
    }
    LoadedPlugins loaded;
    loaded.warnings = catalog->warnings();
    loaded.project_untrusted = catalog->project_untrusted();
    loaded.project_reason = catalog->project_verdict().reason;
    for (const catalog::CatalogEntry& entry : catalog->entries()) {
        loaded.plugins.push_back({.entry = entry, .stored = {}});
    }
    std::vector<Task> tasks = tasks_for(loaded, options);
    const catalog::Store store(catalog::default_store_folder());
    DescriberTools tools(
        settings.installation.worker_program.string(),
        settings.session.timeout.value_or(kDescribeTimeout),
        [&store](const catalog::CatalogEntry& entry) { return catalog::admit(store, entry); },
        catalog::DescriptionCache(catalog::cache_folder() / "describe"));
    work_on_all(tasks, [&](Task& task) {
        work(task, tools, loaded.plugins[task.plugin].entry, settings, options);
    });
    if (Status status = gather(tasks, loaded); !status) {
        return status.error();
    }
    warn_of_unused_settings(settings, loaded);
    return loaded;
}

ExitCode tell_problems(const Messages& say, const LoadedPlugins& loaded) {
    ExitCode code = ExitCode::pass;
    for (const std::string& warning : loaded.warnings) {
        say.warning(warning);
    }
    for (const LoadedPlugin& plugin : loaded.plugins) {
        const catalog::CatalogEntry& entry = plugin.entry;
        if (entry.state == catalog::EntryState::refused && entry.named) {
            say.error({.kind = ErrorKind::plugin,
                       .message = entry.reason,
                       .hint = "a plugin is a shared library NAME.assay.so: 'assay new suite NAME' "
                               "makes one"});
            code = graver(code, ExitCode::failed);
        }
    }
    for (const LoadFailure& failure : loaded.failures) {
        const catalog::CatalogEntry& entry = loaded.plugins[failure.plugin].entry;
        const std::string what =
            failure.suite.empty() ? entry.manifest.id : "suite '" + failure.suite + "'";
        say.error({.kind = failure.error.kind,
                   .message = what + " (" + entry.path.string() + "): " + failure.error.message,
                   .hint = failure.error.hint});
        code = graver(code, exit_code_of(failure.error.kind));
    }
    return code;
}

const LoadedPlugin*
provider_of(const LoadedPlugins& loaded, std::string_view kind, std::string_view name) noexcept {
    for (const LoadedPlugin& plugin : loaded.plugins) {
        if (plugin.entry.state != catalog::EntryState::usable) {
            continue;
        }
        for (const catalog::Provided& provided : plugin.entry.manifest.provides) {
            if (provided.kind == kind && provided.name == name) {
                return &plugin;
            }
        }
    }
    return nullptr;
}

} // namespace assay::app
