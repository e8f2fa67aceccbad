#include "loops.hpp"

#include <assay/plugin.h>

#include <dlfcn.h>
#include <stdexcept>
#include <string>
#include <time.h>

namespace overhead {

namespace {

std::string told;

void fail(assay_scope*, assay_status, assay_str text) noexcept {
    told.assign(text.data, text.len);
}

// What these two cases need of a host: somewhere to say why not.
const assay_host& host() {
    static const assay_host made = [] {
        assay_host h{};
        h.struct_size = sizeof h;
        h.abi_minor = ASSAY_ABI_MINOR;
        h.name = ASSAY_STR("peer_overhead");
        h.fail = fail;
        h.service = [](assay_str) noexcept -> const void* { return nullptr; };
        return h;
    }();
    return made;
}

const assay_suite_v1& loaded_suite() {
    void* library = dlopen(OVERHEAD_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw std::runtime_error(dlerror());
    }
    const auto entry = reinterpret_cast<assay_entry_fn>(dlsym(library, ASSAY_ENTRY_SYMBOL));
    const assay_plugin* plugin = entry == nullptr ? nullptr : entry(&host());
    if (plugin == nullptr) {
        throw std::runtime_error("the plugin refused: " + told);
    }
    return *static_cast<const assay_suite_v1*>(plugin->provided[0].iface);
}

double thread_cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

void check(assay_status status, const char* call) {
    if (status != ASSAY_OK) {
        throw std::runtime_error(std::string(call) + "() failed: " + told);
    }
}

} // namespace

std::vector<double> assay_ns(Body body) {
    const assay_suite_v1& suite = loaded_suite();
    assay_suite* object = nullptr;
    check(suite.create(&host(), nullptr, ASSAY_STR("{}"), &object), "create");
    assay_open_args args{};
    args.struct_size = sizeof args;
    args.lanes = 1;
    args.def = suite.case_at(object, body == Body::empty ? 0 : 1);
    args.seed = 1;
    args.case_id = ASSAY_STR("overhead");
    assay_case* opened = nullptr;
    check(suite.open(object, nullptr, &args, &opened), "open");

    std::vector<double> readings;
    const std::uint32_t cancel = 0;
    for (int reading = 0; reading < kReadings; ++reading) {
        assay_batch batch{};
        batch.struct_size = sizeof batch;
        batch.iterations = batch.done = iterations_of(body);
        batch.seed = 1;
        batch.lanes = 1;
        batch.cancel = &cancel;
        check(suite.prepare(opened, &batch), "prepare");
        const double begin = thread_cpu_ns();
        check(suite.run(opened, &batch), "run");
        const double end = thread_cpu_ns();
        check(suite.finish(opened, &batch), "finish");
        if (batch.done != batch.iterations) {
            throw std::runtime_error("the batch was not done");
        }
        readings.push_back((end - begin) / static_cast<double>(batch.done));
    }
    suite.close(opened);
    suite.destroy(object);
    return readings;
}

} // namespace overhead
