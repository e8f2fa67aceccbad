#include "workers/mapped_page.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <sys/mman.h>

namespace assay::workers {

Result<RawPage> map_new_page() {
    UniqueFd fd(::memfd_create("assay-worker-page", MFD_CLOEXEC));
    if (!fd || ::ftruncate(fd.get(), kMappedBytes) != 0) {
        return Error{ErrorKind::io, "no shared page for a worker: " + system_message(errno), ""};
    }
    void* memory = ::mmap(nullptr, kMappedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
    if (memory == MAP_FAILED) {
        return Error{ErrorKind::io, "no shared page for a worker: " + system_message(errno), ""};
    }
    return RawPage{std::move(fd), memory};
}

void unmap_page(void* memory) noexcept {
    ::munmap(memory, kMappedBytes);
}

} // namespace assay::workers
