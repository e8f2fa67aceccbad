// The door through which libFuzzer enters one target (ASSAY_FUZZ_TARGET, set by CMake).
#include "targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    assay::fuzz::ASSAY_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
