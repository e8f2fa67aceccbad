// A dashboard as a document: assay.dashboard/1 (schemas/dashboard.json), for whoever draws it.
//
//   bus.publish({.kind = EventKind::document, .fields = {{"document",
//   dashboard_document(shown)}}});
//
// Pure; callable from any thread.
#pragma once

#include "support/json.hpp"
#include "tracking/dashboard/dashboard.hpp"

namespace assay::tracking {

json::object dashboard_document(const Dashboard& dashboard);

} // namespace assay::tracking
