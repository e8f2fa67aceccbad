#include "fake_host.hpp"

#include "support/json.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <dlfcn.h>
#include <stdexcept>
#include <thread>

namespace sdk_test {
namespace {

Recorder& of(assay_scope* scope) {
    return scope == nullptr ? FakeHost::library() : *reinterpret_cast<Recorder*>(scope);
}

void fail(assay_scope* scope, assay_status code, assay_str text) noexcept {
    Recorder& recorder = of(scope);
    const std::lock_guard lock(recorder.mutex);
    recorder.failures.emplace_back(code, std::string(view(text)));
}

void log(assay_scope* scope, std::int32_t level, assay_str text) noexcept {
    Recorder& recorder = of(scope);
    const std::lock_guard lock(recorder.mutex);
    recorder.log.push_back(std::to_string(level) + ": " + std::string(view(text)));
}

void progress(assay_scope* scope, double, assay_str what) noexcept {
    log(scope, ASSAY_LOG_DEBUG, what);
}

std::uint32_t cancelled(assay_scope* scope) noexcept {
    return of(scope).cancelled ? 1 : 0;
}

void metric(assay_scope* scope, std::uint32_t index, double value) noexcept {
    Recorder& recorder = of(scope);
    const std::lock_guard lock(recorder.mutex);
    recorder.metrics.emplace(index, value);
}

assay_status attach(assay_scope* scope, assay_str name, assay_str, assay_str bytes) noexcept {
    of(scope).attachments.emplace(std::string(view(name)), std::string(view(bytes)));
    return ASSAY_OK;
}

std::uint64_t now_ns() noexcept {
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

// Keeps the strings that get() lent out, as the contract says: until the next call.
assay_status get(assay_str doc, assay_str pointer, std::int32_t want, assay_value* out) noexcept {
    thread_local std::string lent;
    const auto document = assay::parse_json(view(doc));
    if (!document) {
        return ASSAY_E_CONFIG;
    }
    const assay::json::value* found = assay::json_at(*document, view(pointer));
    if (found == nullptr) {
        return ASSAY_SKIP;
    }
    assay_value value{};
    value.type = want;
    if (want == ASSAY_T_I64 && found->is_int64()) {
        value.u.i64 = found->get_int64();
    } else if (want == ASSAY_T_F64 && found->is_number()) {
        value.u.f64 = found->to_number<double>();
    } else if (want == ASSAY_T_BOOL && found->is_bool()) {
        value.u.i64 = found->get_bool() ? 1 : 0;
    } else if (want == ASSAY_T_STR && found->is_string()) {
        lent = std::string(found->get_string());
        value.u.str = abi(lent);
    } else if (want == ASSAY_T_JSON) {
        lent = assay::write_json(*found);
        value.u.str = abi(lent);
    } else {
        return ASSAY_E_CONFIG;
    }
    *out = value;
    return ASSAY_OK;
}

std::uint32_t concurrency(assay_scope*) noexcept {
    return 2;
}

assay_status for_each(assay_scope*,
                      std::uint64_t n,
                      std::uint64_t,
                      void* user,
                      void (*body)(void*, std::uint64_t, std::uint64_t) noexcept) noexcept {
    std::thread other([&] { body(user, 0, n / 2); });
    body(user, n / 2, n);
    other.join();
    return ASSAY_OK;
}

const void* service(assay_str id) noexcept {
    static const assay_json_v1 json{sizeof json, 0, get};
    static const assay_parallel_v1 parallel{sizeof parallel, 0, concurrency, for_each};
    if (view(id) == ASSAY_SERVICE_JSON) {
        return &json;
    }
    return view(id) == ASSAY_SERVICE_PARALLEL ? &parallel : nullptr;
}

} // namespace

std::string_view view(assay_str text) noexcept {
    return text.data == nullptr ? std::string_view{} : std::string_view(text.data, text.len);
}

assay_str abi(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

FakeHost::FakeHost() {
    services.struct_size = sizeof services;
    services.abi_minor = ASSAY_ABI_MINOR;
    services.name = ASSAY_STR("fake");
    services.version = ASSAY_STR("0");
    services.fail = fail;
    services.log = log;
    services.progress = progress;
    services.cancelled = cancelled;
    services.metric = metric;
    services.attach = attach;
    services.now_ns = now_ns;
    services.service = service;
}

Recorder& FakeHost::library() {
    static Recorder recorder;
    return recorder;
}

assay_entry_fn entry_of(const std::string& name) {
    const std::string path = std::string(SDK_TEST_PLUGIN_DIR) + "/sdk_" + name + ".assay.so";
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw std::runtime_error(dlerror());
    }
    return reinterpret_cast<assay_entry_fn>(dlsym(library, ASSAY_ENTRY_SYMBOL));
}

const assay_plugin* load(const FakeHost& host, const std::string& name) {
    return entry_of(name)(&host.services);
}

const void* provided(const assay_plugin* plugin, std::string_view kind, std::string_view name) {
    REQUIRE(plugin != nullptr);
    for (std::uint32_t i = 0; i < plugin->n_provided; ++i) {
        if (view(plugin->provided[i].kind) == kind && view(plugin->provided[i].name) == name) {
            return plugin->provided[i].iface;
        }
    }
    return nullptr;
}

LoadedSuite::LoadedSuite(const FakeHost& host,
                         const assay_plugin* plugin,
                         std::string_view name,
                         std::string_view config)
    : iface(static_cast<const assay_suite_v1*>(provided(plugin, ASSAY_KIND_SUITE, name))) {
    REQUIRE(iface != nullptr);
    status = iface->create(&host.services, said.scope(), abi(config), &object);
}

LoadedSuite::~LoadedSuite() {
    if (status == ASSAY_OK) {
        iface->destroy(object);
    }
}

const assay_case_def* LoadedSuite::family(std::string_view name) const {
    for (std::uint32_t i = 0;; ++i) {
        const assay_case_def* def = iface->case_at(object, i);
        if (def == nullptr || view(def->name) == name) {
            return def;
        }
    }
}

std::vector<std::string> LoadedSuite::family_names() const {
    std::vector<std::string> names;
    while (const assay_case_def* def =
               iface->case_at(object, static_cast<std::uint32_t>(names.size()))) {
        names.emplace_back(view(def->name));
    }
    return names;
}

std::unique_ptr<Case> LoadedSuite::open(std::string_view name,
                                        std::vector<assay_value> params,
                                        std::uint32_t lanes) const {
    auto opened = std::make_unique<Case>();
    opened->iface = iface;
    opened->lanes = lanes;
    assay_open_args args{};
    args.struct_size = sizeof args;
    args.lanes = lanes;
    args.def = family(name);
    REQUIRE(args.def != nullptr);
    args.params = params.data();
    args.seed = 7;
    const std::string id = "suite/" + std::string(name);
    args.case_id = abi(id);
    opened->status = iface->open(object, opened->said.scope(), &args, &opened->object);
    return opened;
}

Case::~Case() {
    if (status == ASSAY_OK) {
        iface->close(object);
    }
}

assay_status Case::verify() {
    return iface->verify(object, said.scope());
}

assay_status Case::batch(assay_batch& b) {
    if (iface->prepare != nullptr) {
        const assay_status prepared = iface->prepare(object, &b);
        if (prepared < 0) {
            return prepared;
        }
    }
    const assay_status ran = iface->run(object, &b);
    const assay_status finished = iface->finish == nullptr ? ASSAY_OK : iface->finish(object, &b);
    return ran < 0 ? ran : finished;
}

assay_batch
Case::make_batch(std::uint64_t iterations, std::uint64_t seed, std::uint32_t lane) const {
    assay_batch b{};
    b.struct_size = sizeof b;
    b.lane = lane;
    b.iterations = iterations;
    b.seed = seed;
    b.cancel = &cancel;
    b.lanes = lanes;
    b.done = iterations;
    return b;
}

assay_value i64(std::int64_t value) {
    assay_value result{};
    result.type = ASSAY_T_I64;
    result.u.i64 = value;
    return result;
}

assay_value f64(double value) {
    assay_value result{};
    result.type = ASSAY_T_F64;
    result.u.f64 = value;
    return result;
}

assay_value boolean(bool value) {
    assay_value result{};
    result.type = ASSAY_T_BOOL;
    result.u.i64 = value ? 1 : 0;
    return result;
}

assay_value str(std::string_view value) {
    assay_value result{};
    result.type = ASSAY_T_STR;
    result.u.str = abi(value);
    return result;
}

} // namespace sdk_test
