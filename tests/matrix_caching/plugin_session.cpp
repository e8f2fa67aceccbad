#include "plugin_session.hpp"

#include <chrono>
#include <dlfcn.h>
#include <stdexcept>
#include <utility>

namespace matrix_caching_test {

namespace {

std::string last_text_without_scope;

std::string text_of(assay_str text) {
    return text.data == nullptr ? std::string() : std::string(text.data, text.len);
}

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
        h.service = [](assay_str) noexcept -> const void* { return nullptr; };
        return h;
    }();
    return host;
}

} // namespace

PluginSession::PluginSession() {
    void* library = dlopen(MATRIX_CACHING_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw std::runtime_error(dlerror());
    }
    const auto entry = reinterpret_cast<assay_entry_fn>(dlsym(library, ASSAY_ENTRY_SYMBOL));
    plugin_ = entry == nullptr ? nullptr : entry(&fake_host());
    if (plugin_ == nullptr) {
        throw std::runtime_error("entry: " + last_text_without_scope);
    }
    suite_ = static_cast<const assay_suite_v1*>(plugin_->provided[0].iface);
    if (suite_->create(&fake_host(), nullptr, ASSAY_STR("{}"), &handle_) != ASSAY_OK) {
        throw std::runtime_error("create: " + last_text_without_scope);
    }
}

PluginSession::~PluginSession() {
    suite_->destroy(handle_);
}

std::vector<std::string> PluginSession::families() const {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; const assay_case_def* family = suite_->case_at(handle_, i); ++i) {
        names.push_back(text_of(family->name));
    }
    return names;
}

const assay_case_def& PluginSession::family(const std::string& name) const {
    for (std::uint32_t i = 0; const assay_case_def* family = suite_->case_at(handle_, i); ++i) {
        if (text_of(family->name) == name) {
            return *family;
        }
    }
    throw std::runtime_error("no family " + name);
}

std::unique_ptr<OpenCase> PluginSession::open(const std::string& family_name,
                                              const Parameters& parameters,
                                              std::uint64_t seed) {
    const assay_case_def& family = this->family(family_name);
    std::unique_ptr<OpenCase> opened(new OpenCase(*this, family));
    std::vector<assay_value> values;
    std::size_t named = 0;
    for (std::uint32_t i = 0; i < family.n_axes; ++i) {
        assay_value value = family.axes[i]->values[0];
        const auto found = parameters.find(text_of(family.axes[i]->name));
        if (found != parameters.end()) {
            ++named;
            if (const auto* text = std::get_if<std::string>(&found->second)) {
                value.u.str = {text->data(), text->size()};
            } else if (const auto* real = std::get_if<double>(&found->second)) {
                value.u.f64 = *real;
            } else {
                value.u.i64 = std::get<std::int64_t>(found->second);
            }
        }
        values.push_back(value);
    }
    if (named != parameters.size()) {
        throw std::runtime_error("an axis was named that " + family_name + " does not have");
    }
    assay_open_args args{};
    args.struct_size = sizeof args;
    args.lanes = 1;
    args.def = &family;
    args.params = values.data();
    args.seed = seed;
    args.case_id = ASSAY_STR("test");
    opened->status_ = suite_->open(handle_, scope_of(opened->record_), &args, &opened->case_);
    return opened;
}

OpenCase::OpenCase(PluginSession& session, const assay_case_def& family)
    : session_(session) {
    record_.family = &family;
}

OpenCase::~OpenCase() {
    if (case_ != nullptr) {
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
    result.status = suite.prepare(case_, &batch);
    if (result.status == ASSAY_OK) {
        const std::uint64_t begin = now_ns();
        result.status = suite.run(case_, &batch);
        result.run_ns = now_ns() - begin;
        const assay_status finished = suite.finish(case_, &batch);
        result.status = result.status == ASSAY_OK ? finished : result.status;
    }
    result.done = batch.done;
    result.checksum = batch.checksum;
    result.metrics = std::exchange(record_.metrics, before);
    for (const auto& [key, values] : result.metrics) {
        auto& all = record_.metrics[key];
        all.insert(all.end(), values.begin(), values.end());
    }
    return result;
}

Parameters small(const std::string& family, std::string path) {
    Parameters parameters{
        {"limit", std::int64_t{16384}}, {"working_set", 4.0}, {"path", std::move(path)}};
    if (family == "transition") {
        parameters["states"] = std::int64_t{4};
        parameters["depth"] = std::int64_t{3};
    } else if (family == "likelihood") {
        parameters["states"] = std::int64_t{4};
    } else {
        parameters["states"] = std::int64_t{3};
        parameters["states2"] = std::int64_t{2};
        parameters["depth"] = std::int64_t{2};
    }
    return parameters;
}

Parameters with(Parameters parameters, const Parameters& changed) {
    for (const auto& [name, value] : changed) {
        parameters[name] = value;
    }
    return parameters;
}

double total(const Metrics& metrics, const std::string& key) {
    double sum = 0;
    for (const double value : metrics.at(key)) {
        sum += value;
    }
    return sum;
}

} // namespace matrix_caching_test
