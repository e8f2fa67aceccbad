#include "measure/host_services.hpp"

#include "measure/abi_field.hpp"
#include "measure/clock.hpp"
#include "measure/json_service.hpp"
#include "measure/parallel_service.hpp"

#include <cstdio>
#include <utility>

namespace assay::measure {
namespace {

// What libraries say without a scope, mostly the reason why an entry function refuses.
struct LibraryVoice {
    std::mutex mutex;
    std::string failure;
};

LibraryVoice& library_voice() {
    static LibraryVoice voice;
    return voice;
}

// Nothing of ours may throw through a plugin: what does not fit into memory is not said.
template <class Body>
void guarded(Body&& body) noexcept {
    try {
        body();
    } catch (...) { // bad_alloc; there is nobody to tell
    }
}

void host_fail(assay_scope* scope, assay_status code, assay_str text) noexcept {
    guarded([&] {
        if (scope != nullptr) {
            scope->desk->receive_failure(code, text);
            return;
        }
        LibraryVoice& voice = library_voice();
        const std::lock_guard lock(voice.mutex);
        voice.failure += (voice.failure.empty() ? "" : "; ") + copy_text(text);
    });
}

void host_log(assay_scope* scope, std::int32_t level, assay_str text) noexcept {
    guarded([&] {
        if (scope != nullptr) {
            scope->desk->receive_log(level, text);
        } else { // captured as the worker's output
            std::fprintf(stderr, "%s\n", copy_text(text).c_str());
        }
    });
}

void host_progress(assay_scope* scope, double done, assay_str what) noexcept {
    guarded([&] {
        if (scope != nullptr) {
            scope->desk->receive_progress(done, what);
        }
    });
}

std::uint32_t host_cancelled(assay_scope* scope) noexcept {
    return scope != nullptr ? scope->desk->cancelled() : 0u;
}

void host_metric(assay_scope* scope, std::uint32_t index, double value) noexcept {
    guarded([&] {
        if (scope != nullptr) {
            scope->desk->receive_metric(index, value);
        }
    });
}

assay_status
host_attach(assay_scope* scope, assay_str name, assay_str media_type, assay_str bytes) noexcept {
    assay_status status = ASSAY_E_NOMEM;
    guarded([&] {
        status = scope != nullptr ? scope->desk->receive_attachment(name, media_type, bytes)
                                  : assay_status{ASSAY_E_STATE};
    });
    return status;
}

std::uint64_t host_now_ns() noexcept {
    return monotonic_ns();
}

const void* host_service(assay_str id) noexcept {
    if (ServiceDesk* const desk = ServiceDesk::running_here()) {
        desk->count(HostCall::service);
    }
    if (id.data == nullptr) {
        return nullptr;
    }
    const std::string_view name(id.data, id.len);
    if (name == ASSAY_SERVICE_JSON) {
        return &json_service();
    }
    if (name == ASSAY_SERVICE_PARALLEL) {
        return parallel_service();
    }
    return nullptr;
}

} // namespace

const assay_host& host_services() noexcept {
    static const assay_host host{sizeof(assay_host),
                                 ASSAY_ABI_MINOR,
                                 ASSAY_STR("assay"),
                                 ASSAY_STR(ASSAY_HOST_VERSION),
                                 host_fail,
                                 host_log,
                                 host_progress,
                                 host_cancelled,
                                 host_metric,
                                 host_attach,
                                 host_now_ns,
                                 host_service};
    return host;
}

const std::string& library_failure() noexcept {
    return library_voice().failure;
}

} // namespace assay::measure
