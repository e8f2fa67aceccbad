#include "measure/parallel_service.hpp"

#include "measure/host_services.hpp"

#include <cstdio>
#include <dlfcn.h>
#include <filesystem>

namespace assay::measure {
namespace {

// <prefix>/bin/assay-worker finds <prefix>/<libdir>/assay/libassay-parallel.so; in a build tree
// <libdir> is always "lib".
std::filesystem::path library_path() {
    const std::filesystem::path folder =
        std::filesystem::read_symlink("/proc/self/exe").parent_path();
    std::filesystem::path installed = folder / ASSAY_PARALLEL_RELATIVE_PATH;
    if (std::filesystem::exists(installed)) {
        return installed.lexically_normal();
    }
    return (folder / "../lib/assay/libassay-parallel.so").lexically_normal();
}

const ParallelLibrary* load() noexcept {
    try {
        void* const handle =
            ::dlopen(library_path().c_str(), RTLD_NOW | RTLD_LOCAL); // never closed
        if (handle == nullptr) {
            std::fprintf(stderr, "assay.parallel/1 is unavailable: %s\n", ::dlerror());
            return nullptr;
        }
        const auto entry = reinterpret_cast<ParallelEntry>(::dlsym(handle, kParallelSymbol));
        return entry == nullptr ? nullptr : entry();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "assay.parallel/1 is unavailable: %s\n", error.what());
        return nullptr;
    }
}

const ParallelLibrary* library() noexcept {
    static const ParallelLibrary* const loaded = load();
    return loaded;
}

std::uint32_t concurrency(assay_scope* /*scope*/) noexcept {
    return library()->concurrency();
}

assay_status for_each(assay_scope* scope,
                      std::uint64_t n,
                      std::uint64_t grain,
                      void* user,
                      void (*body)(void*, std::uint64_t, std::uint64_t) noexcept) noexcept {
    if (body == nullptr) {
        return ASSAY_E_STATE;
    }
    const CancelWord* cancel = nullptr;
    if (scope != nullptr) {
        scope->desk->receive_parallel(library()->concurrency());
        cancel = scope->desk->cancel_word();
    }
    return library()->for_each(n, grain, user, body, cancel);
}

} // namespace

const assay_parallel_v1* parallel_service() noexcept {
    static const assay_parallel_v1 service{sizeof(assay_parallel_v1), 0, concurrency, for_each};
    return library() == nullptr ? nullptr : &service;
}

} // namespace assay::measure
