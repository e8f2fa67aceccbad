// The service assay.parallel/1 of a PluginSession: as many threads as a test asks for.
//
//   parallel_threads(3);     // from now on; 1 until then
#pragma once

#include <assay/plugin.h>

#include <cstdint>

namespace suite_test {

void parallel_threads(std::uint32_t count);

const assay_parallel_v1* parallel_service() noexcept;

} // namespace suite_test
