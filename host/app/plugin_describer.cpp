#include "app/plugin_describer.hpp"

namespace assay::app {

workers::Supervisor& DescriberTools::supervisor() {
    const std::lock_guard lock(making_);
    if (!supervisor_) {
        workers::SupervisorOptions options;
        options.worker_program = worker_program_;
        options.pin = false; // nothing is timed
        supervisor_ = std::make_unique<workers::Supervisor>(std::move(options));
    }
    return *supervisor_;
}

Status PluginDescriber::store() {
    if (stored_) {
        return {};
    }
    Result<catalog::StoredPlugin> admitted = tools_.admit(entry_);
    if (!admitted) {
        return admitted.error();
    }
    stored_ = std::move(*admitted);
    key_ = stored_->key;
    return {};
}

Status PluginDescriber::start_worker() {
    if (worker_ && worker_->alive()) {
        return {};
    }
    if (Status status = store(); !status) {
        return status;
    }
    workers::WorkerOptions options;
    options.plugin_path = stored_->path.string();
    options.plugin_id = entry_.manifest.id;
    Result<std::unique_ptr<workers::Worker>> started = tools_.supervisor().start(options);
    if (!started) {
        return started.error();
    }
    worker_ = std::move(*started);
    return {};
}

Result<measure::SuiteDescription> PluginDescriber::describe(const std::string& suite,
                                                            const std::string& config_json) {
    if (!key_.empty()) {
        if (auto known = tools_.cache().find(key_, suite, config_json)) {
            return std::move(*known);
        }
    }
    if (Status status = start_worker(); !status) {
        return status.error();
    }
    Result<measure::SuiteDescription> description =
        worker_->describe(suite, config_json, tools_.timeout());
    if (description) {
        tools_.cache().keep(key_, suite, config_json, *description);
    }
    return description;
}

} // namespace assay::app
