// A foreign file in the hands of an importer: mapped, not read, refused when it is too large, and
// everything that comes out of it checked before it goes to the host.
//
//   Result<std::int32_t> sure = probe_file(plugin, request);
//   Status read = import_file(plugin, request, page.cancel, [&](const ImportedEvent& event) { ...
//   });
//
// One thread. From the first import on this process has a limit on its memory.
#pragma once

#include "measure/importing.hpp"
#include "support/result.hpp"

#include <assay/plugin.h>

#include <functional>

namespace assay::worker {

// 0 to 100. Errors: plugin (no such importer), io (the file).
Result<std::int32_t> probe_file(const assay_plugin& plugin, const measure::ImportRequest& request);

// Each event in the order given. Errors besides: what the importer says is wrong with the file
// (plugin), an event that is not as agreed, more results than anybody measures.
Status import_file(const assay_plugin& plugin,
                   const measure::ImportRequest& request,
                   const measure::CancelWord& cancel,
                   const std::function<void(const measure::ImportedEvent&)>& tell);

} // namespace assay::worker
