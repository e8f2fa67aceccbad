#include "report/reporter_services.hpp"

#include "measure/json_service.hpp"
#include "support/plugin_library.hpp"

#include <chrono>
#include <utility>

namespace assay::report {
namespace {

// The entry function of a plugin speaks without a scope: only its thread tells whom it concerns.
thread_local RefusalText* t_refusal = nullptr;

void fail(assay_scope* scope, assay_status, assay_str text) noexcept {
    if (ReporterScope* reporter = ReporterScope::from(scope)) {
        reporter->fail(view(text));
    } else if (t_refusal != nullptr) {
        t_refusal->text = view(text);
    }
}

void log(assay_scope* scope, std::int32_t level, assay_str text) noexcept {
    if (ReporterScope* reporter = ReporterScope::from(scope)) {
        reporter->log(level, view(text));
    }
}

std::uint64_t now_ns() noexcept {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

const void* service(assay_str id) noexcept {
    return view(id) == ASSAY_SERVICE_JSON ? &measure::json_service() : nullptr;
}

assay_host make_services() noexcept {
    assay_host host{};
    host.struct_size = sizeof host;
    host.abi_minor = ASSAY_ABI_MINOR;
    host.name = ASSAY_STR("assay");
    host.version = ASSAY_STR(ASSAY_VERSION);
    host.fail = fail;
    host.log = log;
    host.progress = [](assay_scope*, double, assay_str) noexcept {};
    host.cancelled = [](assay_scope*) noexcept { return std::uint32_t{0}; };
    host.metric = [](assay_scope*, std::uint32_t, double) noexcept {};
    host.attach = [](assay_scope*, assay_str, assay_str, assay_str) noexcept {
        return assay_status{ASSAY_E_UNSUPPORTED};
    };
    host.now_ns = now_ns;
    host.service = service;
    return host;
}

} // namespace

std::string ReporterScope::take_failure() {
    const std::lock_guard lock(mutex_);
    return std::exchange(failure_, {});
}

void ReporterScope::fail(std::string_view text) {
    const std::lock_guard lock(mutex_);
    failure_ = text;
}

void ReporterScope::log(std::int32_t level, std::string_view text) {
    if (log_) {
        const std::lock_guard lock(mutex_);
        log_(reporter_, level, text);
    }
}

const assay_host& reporter_services() noexcept {
    static const assay_host host = make_services();
    return host;
}

RefusalText::RefusalText()
    : before_(std::exchange(t_refusal, this)) {}

RefusalText::~RefusalText() {
    t_refusal = before_;
}

} // namespace assay::report
