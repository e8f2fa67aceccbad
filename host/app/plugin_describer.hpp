// Gets the description of one plugin's suites: from the cache, else from a worker that is started
// when the first one is missing there, with the plugin's copy in the content store.
//
//   PluginDescriber describer(shared, entry, key);
//   auto description = describer.describe("router", R"({"mode":"quick"})");
//
// One thread per describer; what is shared between describers locks.
#pragma once

#include "catalog/catalog.hpp"
#include "catalog/description_cache.hpp"
#include "catalog/store.hpp"
#include "measure/description.hpp"
#include "support/result.hpp"
#include "workers/worker.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace assay::app {

// What the describers of one command share.
class DescriberTools {
public:
    using Admit = std::function<Result<catalog::StoredPlugin>(const catalog::CatalogEntry&)>;

    DescriberTools(std::string worker_program,
                   std::chrono::milliseconds timeout,
                   Admit admit,
                   catalog::DescriptionCache cache)
        : worker_program_(std::move(worker_program))
        , timeout_(timeout)
        , admit_(std::move(admit))
        , cache_(std::move(cache)) {}

    [[nodiscard]] const catalog::DescriptionCache& cache() const noexcept { return cache_; }

    [[nodiscard]] Result<catalog::StoredPlugin> admit(const catalog::CatalogEntry& entry) const {
        return admit_(entry);
    }

    // Of one description.
    [[nodiscard]] std::chrono::milliseconds timeout() const noexcept { return timeout_; }

    // Made when the first worker is needed: a warm `list` starts neither thread nor process.
    workers::Supervisor& supervisor();

private:
    std::string worker_program_;
    std::chrono::milliseconds timeout_;
    Admit admit_;
    catalog::DescriptionCache cache_;
    std::mutex making_;
    std::unique_ptr<workers::Supervisor> supervisor_;
};

class PluginDescriber {
public:
    // `key`: what the content store calls this content, when that is known already.
    PluginDescriber(DescriberTools& tools, const catalog::CatalogEntry& entry, std::string key)
        : tools_(tools)
        , entry_(entry)
        , key_(std::move(key)) {}

    // Copies the plugin into the content store, once.
    Status store();

    Result<measure::SuiteDescription> describe(const std::string& suite,
                                               const std::string& config_json);

    [[nodiscard]] const std::optional<catalog::StoredPlugin>& stored() const noexcept {
        return stored_;
    }

private:
    Status start_worker();

    DescriberTools& tools_;
    const catalog::CatalogEntry& entry_;
    std::string key_;
    std::optional<catalog::StoredPlugin> stored_;
    std::unique_ptr<workers::Worker> worker_;
};

} // namespace assay::app
