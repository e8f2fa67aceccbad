#include "count_axis.hpp"

#include <assay/errors.hpp>

#include <cstdint>
#include <string>

namespace assay::inference {

std::size_t
count_of(const assay::params& params, const char* axis, std::size_t least, std::size_t most) {
    const std::int64_t count = params.i64(axis);
    if (count < static_cast<std::int64_t>(least) || count > static_cast<std::int64_t>(most)) {
        throw assay::config_error(std::string(axis) + "=" + std::to_string(count) + ": expected " +
                                  std::to_string(least) + " to " + std::to_string(most));
    }
    return static_cast<std::size_t>(count);
}

} // namespace assay::inference
