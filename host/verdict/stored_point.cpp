#include "verdict/stored_point.hpp"

#include <cmath>

namespace assay::verdict {

bool counts(const StoredPoint& point) noexcept {
    return point.figure && std::isfinite(*point.figure) && !point.outlier &&
           !point.environment_shift && !point.excluded && !point.dirty;
}

} // namespace assay::verdict
