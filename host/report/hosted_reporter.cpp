#include "report/hosted_reporter.hpp"

#include "report/abi_event.hpp"
#include "support/plugin_library.hpp"

#include <exception>

namespace assay::report {
namespace {

// The ABI's function types promise not to throw; a plugin built against the promise would end the
// host. Called through these types, what it throws arrives here and fails that reporter alone.
using Create =
    assay_status(const assay_host*, assay_scope*, assay_str, const assay_sink*, assay_reporter**);
using OnEvent = assay_status(assay_reporter*, const assay_event*);
using Finish = assay_status(assay_reporter*);
using Destroy = void(assay_reporter*);

template <class Call>
assay_status contained(ReporterScope& scope, const Call& call) {
    try {
        return call();
    } catch (const std::exception& thrown) {
        scope.fail(std::string("threw an exception through the C interface: ") + thrown.what());
    } catch (...) {
        scope.fail("threw through the C interface");
    }
    return ASSAY_E_EXCEPTION;
}

std::string_view status_text(assay_status status) {
    switch (status) {
    case ASSAY_E_CONFIG:
        return "invalid options";
    case ASSAY_E_UNSUPPORTED:
        return "not supported";
    case ASSAY_E_CANCELLED:
        return "cancelled";
    case ASSAY_E_NOMEM:
        return "out of memory";
    case ASSAY_E_IO:
        return "output failed";
    case ASSAY_E_STATE:
        return "called in a wrong state";
    case ASSAY_E_EXCEPTION:
        return "exception";
    default:
        return "failed";
    }
}

} // namespace

HostedReporter::HostedReporter(std::string name,
                               const assay_reporter_v1& iface,
                               std::unique_ptr<Sink> sink,
                               ReporterLog log)
    : name_(std::move(name))
    , iface_(iface)
    , sink_(std::move(sink))
    , lent_(*sink_)
    , scope_(name_, std::move(log)) {}

Result<std::unique_ptr<Receiver>> HostedReporter::create(std::string name,
                                                         const assay_reporter_v1& iface,
                                                         const std::string& options_json,
                                                         std::unique_ptr<Sink> sink,
                                                         ReporterLog log) {
    std::unique_ptr<HostedReporter> reporter(
        new HostedReporter(std::move(name), iface, std::move(sink), std::move(log)));
    Create* const create = iface.create;
    const assay_status status = contained(reporter->scope_, [&] {
        return create(&reporter_services(),
                      reporter->scope_.handle(),
                      abi_str(options_json),
                      &reporter->lent_.get(),
                      &reporter->instance_);
    });
    if (status < 0) {
        reporter->instance_ = nullptr; // after a failed create there is nothing to destroy
    }
    if (Status judged = reporter->judge("create", status); !judged) {
        Error error = judged.error();
        error.message = "reporter '" + reporter->name_ + "': " + error.message;
        return error;
    }
    return std::unique_ptr<Receiver>(std::move(reporter));
}

HostedReporter::~HostedReporter() {
    if (instance_ != nullptr) {
        lent_.close();
        Destroy* const destroy = iface_.destroy;
        contained(scope_, [&] {
            destroy(instance_);
            return ASSAY_OK;
        });
    }
}

std::string HostedReporter::file() const {
    return sink_->is_file() ? sink_->target() : std::string();
}

Status HostedReporter::on_event(const Event& event) {
    const AbiEvent lent(event);
    OnEvent* const call = iface_.on_event;
    return judge("on_event", contained(scope_, [&] { return call(instance_, &lent.get()); }));
}

Status HostedReporter::finish() {
    Finish* const call = iface_.finish;
    Status status = judge("finish", contained(scope_, [&] { return call(instance_); }));
    lent_.close();
    return status ? sink_->commit() : status;
}

Status HostedReporter::judge(std::string_view call, assay_status status) {
    if (!lent_.status()) {
        return lent_.status(); // the cause; what the reporter made of it comes second
    }
    if (status >= 0) {
        return {};
    }
    const std::string said = scope_.take_failure();
    return Error{status == ASSAY_E_CONFIG ? ErrorKind::config : ErrorKind::plugin,
                 std::string(call) + " failed (" + std::string(status_text(status)) +
                     "): " + (said.empty() ? std::string("it did not say why") : said),
                 {}};
}

} // namespace assay::report
