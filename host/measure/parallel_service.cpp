#include "measure/parallel_service.hpp"

#include <array>
#include <cstdio>
#include <dlfcn.h>
#include <filesystem>

namespace assay::measure {
namespace {

// Beside the program in a build tree and in an installation alike: <prefix>/bin/assay-worker and
// <prefix>/<libdir>/assay/libassay-parallel.so.
const assay_parallel_v1* load() {
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) {
        return nullptr;
    }
    const std::filesystem::path library =
        (program.parent_path() / ASSAY_PARALLEL_RELATIVE_PATH).lexically_normal();
    void* const handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL); // never closed
    if (handle == nullptr) {
        std::fprintf(stderr, "assay.parallel/1 is not there: %s\n", ::dlerror());
        return nullptr;
    }
    using Get = const assay_parallel_v1* (*)();
    const auto get = reinterpret_cast<Get>(::dlsym(handle, ASSAY_PARALLEL_SYMBOL));
    return get == nullptr ? nullptr : get();
}

} // namespace

const assay_parallel_v1* parallel_service() noexcept {
    try {
        static const assay_parallel_v1* const service = load();
        return service;
    } catch (...) { // a path that does not fit into memory
        return nullptr;
    }
}

} // namespace assay::measure
