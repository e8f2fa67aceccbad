#include "png_image.hpp"

#include <stdexcept>

namespace charts_reporter {

bool png_is_available() noexcept {
    return false;
}

std::string png_bytes(const assay::charts::Drawing&, double) {
    throw std::runtime_error(std::string(kNoPng));
}

} // namespace charts_reporter
