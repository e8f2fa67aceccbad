#include "app/session/supervisor_options.hpp"

namespace assay::app {

workers::SupervisorOptions supervisor_options(const Settings& settings) {
    workers::SupervisorOptions options;
    options.worker_program = settings.installation.worker_program.string();
    options.wrap = settings.session.wrap;
    options.wait_for_debugger = settings.session.wait_for_debugger;
    options.core_dumps = settings.session.core_dumps;
    options.pin = settings.session.pin;
    return options;
}

} // namespace assay::app
