// The service "assay.json/1": a plugin reads its configuration by JSON pointer and needs no JSON
// library of its own.
//
// Callable from any thread; text in an answer lives until the next call on the same thread.
#pragma once

#include <assay/plugin.h>

namespace assay::measure {

const assay_json_v1& json_service() noexcept;

} // namespace assay::measure
