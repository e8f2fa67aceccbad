#include "measure/cache_size.hpp"

#include "support/kernel_file.hpp"
#include "support/text.hpp"

#include <unistd.h>

namespace assay::measure {

std::uint64_t l2_cache_bytes() {
    const long size = ::sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (size > 0) {
        return static_cast<std::uint64_t>(size);
    }
    const std::string text = kernel_line("/sys/devices/system/cpu/cpu0/cache/index2/size"); // 512K
    if (text.empty() || text.back() != 'K') {
        return 0;
    }
    const auto kibibytes = to_int64(text.substr(0, text.size() - 1));
    return kibibytes && *kibibytes > 0 ? static_cast<std::uint64_t>(*kibibytes) << 10 : 0;
}

} // namespace assay::measure
