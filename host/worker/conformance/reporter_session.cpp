#include "worker/conformance/reporter_session.hpp"

#include "measure/abi_field.hpp"
#include "support/plugin_library.hpp"

#include <utility>

namespace assay::worker::conformance {
namespace {

constexpr std::int32_t kColumns = 100;

} // namespace

ReporterSession::ReporterSession(const assay_reporter_v1& iface, ReporterOptions options)
    : iface_(iface)
    , options_(std::move(options))
    , desk_(&observer_, nullptr) {
    const assay_host* const host = options_.host == nullptr ? &checking_host() : options_.host;
    const assay_status status =
        iface_.create(host, desk_.scope(), abi_str(options_.options), lend(""), &reporter_);
    if (status < 0 || reporter_ == nullptr) {
        reporter_ = nullptr;
        keep_failure("create", status < 0 ? status : assay_status{ASSAY_E_STATE});
    }
}

ReporterSession::~ReporterSession() {
    if (reporter_ != nullptr) {
        iface_.destroy(reporter_);
    }
}

const assay_sink* ReporterSession::lend(const std::string& name) {
    Lent& lent = lent_[name];
    lent.session = this;
    lent.name = name;
    written_.try_emplace(name);
    assay_sink sink{};
    sink.struct_size = sizeof sink;
    sink.is_terminal = options_.terminal ? 1 : 0;
    sink.columns = options_.terminal ? kColumns : 0;
    sink.self = &lent;
    sink.write = on_write;
    sink.open_extra = on_open_extra;
    if (options_.age != HostAge::future) {
        return lent.bare.emplace(sink).get();
    }
    Wide<assay_sink>& wide = *lent.wide.emplace();
    wide.value = sink;
    wide.value.struct_size = sizeof wide;
    wide.behind.fill(Wide<assay_sink>::kByteBehind);
    return &wide.value;
}

assay_status ReporterSession::on_write(void* self, assay_str bytes) noexcept {
    const Lent& lent = *static_cast<Lent*>(self);
    ReporterSession& session = *lent.session;
    if (++session.writes_ >= session.options_.failing_write &&
        session.options_.failing_write != 0) {
        return ASSAY_E_IO; // this one and all that follow: a full disk stays full
    }
    try {
        session.written_[lent.name].append(view(bytes));
    } catch (...) { // bad_alloc
        return ASSAY_E_NOMEM;
    }
    return ASSAY_OK;
}

assay_status ReporterSession::on_open_extra(void* self,
                                            assay_str relative_name,
                                            const assay_sink** out) noexcept {
    try {
        *out = static_cast<Lent*>(self)->session->lend(std::string(view(relative_name)));
    } catch (...) { // bad_alloc
        return ASSAY_E_NOMEM;
    }
    return ASSAY_OK;
}

void ReporterSession::keep_failure(const char* step, assay_status status) {
    if (status >= 0 || !failure_.empty()) {
        return;
    }
    text_ = desk_.take_failure();
    failure_ = std::string(step) + " returned " + measure::status_name(status) +
               (text_.empty() ? "" : ": " + text_);
}

void ReporterSession::send(const CannedEvent& event) {
    if (!failure_.empty()) {
        return;
    }
    const AbiCannedEvent passed(event, ++sequence_, options_.age);
    keep_failure("on_event", iface_.on_event(reporter_, passed.get()));
}

void ReporterSession::send_all(const Stream& stream) {
    for (const CannedEvent& event : stream) {
        send(event);
    }
}

void ReporterSession::finish() {
    if (failure_.empty()) {
        keep_failure("finish", iface_.finish(reporter_));
    }
}

} // namespace assay::worker::conformance
