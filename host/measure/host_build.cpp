#include "measure/host_build.hpp"

#include "support/text.hpp"

#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

namespace assay::measure {

HostBuild host_build() {
    HostBuild build;
#if defined(__clang__)
    build.compiler = __VERSION__; // "Clang 14.0.6"
#else
    build.compiler = std::string("g++ ") + __VERSION__;
#endif
    build.flags = trim(ASSAY_HOST_FLAGS);
#if defined(__GLIBC__)
    build.libc = std::string("glibc ") + ::gnu_get_libc_version();
#endif
#if !defined(__OPTIMIZE__)
    build.optimised = false;
#endif
#if defined(__SANITIZE_ADDRESS__)
    build.sanitizer = "address";
#elif defined(__SANITIZE_THREAD__)
    build.sanitizer = "thread";
#endif
    return build;
}

} // namespace assay::measure
