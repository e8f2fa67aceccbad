#include "plugin_session.hpp"

#include "allocation_count.hpp"
#include "measure/host_services.hpp"
#include "parallel_threads.hpp"

#include <chrono>
#include <dlfcn.h>
#include <stdexcept>
#include <utility>

namespace suite_test {

namespace {

std::string last_text_without_scope;

ScopeRecord& record_of(assay_scope* scope) {
    return *reinterpret_cast<ScopeRecord*>(scope);
}

assay_scope* scope_of(ScopeRecord& record) {
    return reinterpret_cast<assay_scope*>(&record);
}

void fail(assay_scope* scope, assay_status, assay_str text) noexcept {
    (scope == nullptr ? last_text_without_scope : record_of(scope).text) = text_of(text);
}

void metric(assay_scope* scope, std::uint32_t index, double value) noexcept {
    ScopeRecord& record = record_of(scope);
    record.metrics[text_of(record.family->metrics[index]->key)].push_back(value);
}

std::uint64_t now_ns() noexcept {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                          std::chrono::steady_clock::now().time_since_epoch())
                                          .count());
}

// The JSON reader of the real host, threads of the test's own.
const void* service(assay_str id) noexcept {
    return text_of(id) == ASSAY_SERVICE_PARALLEL ? parallel_service()
                                                 : assay::measure::host_services().service(id);
}

const assay_host& fake_host() {
    static const assay_host host = [] {
        assay_host h{};
        h.struct_size = sizeof h;
        h.abi_minor = ASSAY_ABI_MINOR;
        h.name = ASSAY_STR("test");
        h.version = ASSAY_STR("1");
        h.fail = fail;
        h.log = [](assay_scope*, std::int32_t, assay_str) noexcept {};
        h.progress = [](assay_scope*, double, assay_str) noexcept {};
        h.cancelled = [](assay_scope*) noexcept -> std::uint32_t { return 0; };
        h.metric = metric;
        h.attach = [](assay_scope*, assay_str, assay_str, assay_str) noexcept -> assay_status {
            return ASSAY_OK;
        };
        h.now_ns = now_ns;
        h.service = service;
        return h;
    }();
    return host;
}

assay_value value_of(const assay_axis& axis, const Parameters& parameters) {
    const auto given = parameters.find(text_of(axis.name));
    if (given == parameters.end()) {
        return axis.values[0];
    }
    assay_value value{};
    value.type = axis.type;
    if (const auto* text = std::get_if<std::string>(&given->second)) {
        value.u.str = {text->data(), text->size()};
    } else if (const auto* real = std::get_if<double>(&given->second)) {
        value.u.f64 = *real;
    } else {
        value.u.i64 = std::get<std::int64_t>(given->second);
    }
    return value;
}

} // namespace

std::string text_of(assay_str text) {
    return text.data == nullptr ? std::string() : std::string(text.data, text.len);
}

std::size_t cases_of(const assay_case_def& family, std::uint64_t assay_axis::*mask) {
    std::size_t cases = 1;
    for (std::uint32_t i = 0; i < family.n_axes; ++i) {
        const assay_axis& axis = *family.axes[i];
        if (axis.mode == ASSAY_AXIS_ZIP) { // goes along with the one before it
            continue;
        }
        std::size_t values = 0;
        for (std::uint32_t v = 0; v < axis.n_values; ++v) {
            values += axis.*mask == 0 || (axis.*mask >> v & 1) != 0 ? 1 : 0;
        }
        cases *= values;
    }
    return cases;
}

PluginSession::PluginSession(const std::string& config) {
    void* library = dlopen(suite_under_test, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw std::runtime_error(dlerror());
    }
    const auto entry = reinterpret_cast<assay_entry_fn>(dlsym(library, ASSAY_ENTRY_SYMBOL));
    plugin_ = entry == nullptr ? nullptr : entry(&fake_host());
    if (plugin_ == nullptr) {
        throw std::runtime_error("entry: " + last_text_without_scope);
    }
    suite_ = static_cast<const assay_suite_v1*>(plugin_->provided[0].iface);
    status_ =
        suite_->create(&fake_host(), nullptr, assay_str{config.data(), config.size()}, &handle_);
    if (status_ != ASSAY_OK) {
        text_ = last_text_without_scope;
    }
}

PluginSession::~PluginSession() {
    if (handle_ != nullptr) {
        suite_->destroy(handle_);
    }
}

std::vector<const assay_case_def*> PluginSession::families() const {
    std::vector<const assay_case_def*> all;
    while (const assay_case_def* next =
               suite_->case_at(handle_, static_cast<std::uint32_t>(all.size()))) {
        all.push_back(next);
    }
    return all;
}

std::vector<std::string> PluginSession::family_names() const {
    std::vector<std::string> names;
    for (const assay_case_def* family : families()) {
        names.push_back(text_of(family->name));
    }
    return names;
}

const assay_case_def& PluginSession::family(const std::string& name) const {
    for (const assay_case_def* family : families()) {
        if (text_of(family->name) == name) {
            return *family;
        }
    }
    throw std::runtime_error("no family " + name);
}

std::unique_ptr<OpenCase>
PluginSession::open(const std::string& name, const Parameters& parameters, std::uint64_t seed) {
    const assay_case_def& def = family(name);
    std::unique_ptr<OpenCase> opened(new OpenCase(*this, def));
    std::vector<assay_value> values;
    std::size_t named = 0;
    for (std::uint32_t i = 0; i < def.n_axes; ++i) {
        values.push_back(value_of(*def.axes[i], parameters));
        named += parameters.count(text_of(def.axes[i]->name));
    }
    if (named != parameters.size()) {
        throw std::runtime_error("an axis was named that " + name + " does not have");
    }
    assay_open_args args{};
    args.struct_size = sizeof args;
    args.lanes = 1;
    args.def = &def;
    args.params = values.data();
    args.seed = seed;
    args.case_id = ASSAY_STR("test");
    const std::uint64_t allocated = allocation_count();
    opened->status_ = suite_->open(handle_, scope_of(opened->record_), &args, &opened->case_);
    opened->open_allocations_ = allocation_count() - allocated;
    if (opened->status_ == ASSAY_OK) {
        opened->status_ = suite_->lane_enter(opened->case_, 0);
    }
    return opened;
}

OpenCase::OpenCase(PluginSession& session, const assay_case_def& family)
    : session_(session) {
    record_.family = &family;
}

OpenCase::~OpenCase() {
    if (case_ != nullptr) {
        session_.suite_->lane_leave(case_, 0);
        session_.suite_->close(case_);
    }
}

assay_status OpenCase::verify() {
    return session_.suite_->verify(case_, scope_of(record_));
}

BatchResult OpenCase::batch(const BatchRequest& request) {
    const assay_suite_v1& suite = *session_.suite_;
    const Metrics before = std::exchange(record_.metrics, {});
    const std::uint32_t cancel = request.cancelled ? 1 : 0;
    assay_batch batch{};
    batch.struct_size = sizeof batch;
    batch.lane = request.lane;
    batch.lanes = 1;
    batch.iterations = batch.done = request.iterations;
    batch.seed = request.seed;
    batch.cancel = &cancel;
    batch.warmup = request.warmup ? 1 : 0;
    BatchResult result;
    result.latency_ns.resize(record_.family->shape == ASSAY_SHAPE_LATENCY ? request.iterations : 0);
    batch.latency = result.latency_ns.empty() ? nullptr : result.latency_ns.data();
    batch.latency_ticks = ASSAY_TICKS_NS;
    result.status = suite.prepare == nullptr ? ASSAY_OK : suite.prepare(case_, &batch);
    if (result.status == ASSAY_OK) {
        const std::uint64_t allocated = allocation_count();
        result.status = suite.run(case_, &batch);
        result.allocations = allocation_count() - allocated;
        const assay_status finished = suite.finish(case_, &batch);
        result.status = result.status == ASSAY_OK ? finished : result.status;
    }
    result.done = batch.done;
    result.checksum = batch.checksum;
    result.items = batch.items;
    result.latency_ns.resize(batch.n_latency);
    result.metrics = std::exchange(record_.metrics, before);
    for (const auto& [key, values] : result.metrics) {
        auto& all = record_.metrics[key];
        all.insert(all.end(), values.begin(), values.end());
    }
    return result;
}

} // namespace suite_test
