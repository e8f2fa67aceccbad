// What a case may ask of the host while it is open: report metrics, log, attach documents, use the
// host's threads. params::context() gives it to the constructor; verify(), finish() and close() may
// take it as their last argument.
//
//   void finish(assay::batch&, assay::context& host) { host.metric("hits", double(hits_)); }
//
// Lives until the case is destroyed. Any thread. Inside operator() and run() only now_ns(),
// concurrency() and parallel_for() are allowed: everything else would be timed with the case.
#pragma once

#include "detail/declarations.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace assay {

class context {
public:
    context(const assay_host* host,
            assay_scope* scope,
            const detail::family_record* family) noexcept
        : host_(host)
        , scope_(scope)
        , family_(family) {}

    // One observation of a metric that the family declares. Not from operator() or run().
    void metric(std::string_view key, double value) const {
        const auto index = family_ == nullptr ? std::nullopt : family_->find_metric(key);
        if (!index) {
            throw failure(ASSAY_E_STATE,
                          "metric '" + std::string(key) + "' is not declared by this family");
        }
        host_->metric(scope_, *index, value);
    }

    void debug(std::string_view text) const { host_->log(scope_, ASSAY_LOG_DEBUG, as_abi(text)); }

    void info(std::string_view text) const { host_->log(scope_, ASSAY_LOG_INFO, as_abi(text)); }

    void warn(std::string_view text) const { host_->log(scope_, ASSAY_LOG_WARN, as_abi(text)); }

    void error(std::string_view text) const { host_->log(scope_, ASSAY_LOG_ERROR, as_abi(text)); }

    void progress(double done_0_to_1, std::string_view what) const {
        host_->progress(scope_, done_0_to_1, as_abi(what));
    }

    // The host wants out: during a long constructor or verify(). In run() read batch::cancelled().
    [[nodiscard]] bool cancelled() const { return host_->cancelled(scope_) != 0; }

    // Keeps a document with the result of this case. The host copies it.
    void attach(std::string_view name, std::string_view media_type, std::string_view bytes) const {
        if (host_->attach(scope_, as_abi(name), as_abi(media_type), as_abi(bytes)) < 0) {
            throw failure(ASSAY_E_IO,
                          "the host did not take the attachment '" + std::string(name) + "'");
        }
    }

    // The clock the host times with.
    [[nodiscard]] std::uint64_t now_ns() const noexcept { return host_->now_ns(); }

    // Threads of the host's arena: 1 where it offers none.
    [[nodiscard]] std::uint32_t concurrency() const noexcept {
        const auto* service = parallel();
        return service == nullptr ? 1u : service->concurrency(scope_);
    }

    // Calls body(begin, end) over pieces of [0, n) of about `grain`, on the host's threads or,
    // where it offers none, here. Returns when all are done; the first exception of a body is
    // thrown again.
    template <class Body>
    void parallel_for(std::uint64_t n, std::uint64_t grain, Body&& body) const;

    [[nodiscard]] const assay_host& host() const noexcept { return *host_; }

    [[nodiscard]] assay_scope* scope() const noexcept { return scope_; }

private:
    [[nodiscard]] const assay_parallel_v1* parallel() const noexcept {
        return static_cast<const assay_parallel_v1*>(
            host_->service(as_abi(ASSAY_SERVICE_PARALLEL)));
    }

    const assay_host* host_;
    assay_scope* scope_;
    const detail::family_record* family_;
};

namespace detail {

// The state behind one parallel_for(): exceptions must not cross the host's frames.
template <class Body>
struct parallel_call {
    Body* body;
    std::atomic<bool> failed{false};
    std::exception_ptr first;

    static void piece(void* self, std::uint64_t begin, std::uint64_t end) noexcept {
        auto& call = *static_cast<parallel_call*>(self);
        try {
            (*call.body)(begin, end);
        } catch (...) {
            if (!call.failed.exchange(true)) {
                call.first = std::current_exception();
            }
        }
    }
};

} // namespace detail

template <class Body>
void context::parallel_for(std::uint64_t n, std::uint64_t grain, Body&& body) const {
    const auto* service = parallel();
    if (service == nullptr) {
        if (n > 0) {
            body(std::uint64_t{0}, n);
        }
        return;
    }
    using call_type = detail::parallel_call<std::remove_reference_t<Body>>;
    call_type call{&body, {}, {}};
    const assay_status status = service->for_each(scope_, n, grain, &call, &call_type::piece);
    if (call.first) {
        std::rethrow_exception(call.first);
    }
    if (status < 0) {
        throw failure(status, "the host's assay.parallel/1 gave up");
    }
}

} // namespace assay
