// Asked by whatever iterates, at least once per sweep: true ends the work early.
//
//   solver.run([&] { return batch.cancelled(); });
#pragma once

#include <functional>

namespace assay::active_inference {

using CancelCheck = std::function<bool()>;

} // namespace assay::active_inference
