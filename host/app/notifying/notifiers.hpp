// Who is told of alerts: what the environment names.
//
//   for (const Notifier& one : notifiers_from(process_environment())) one.id   // "webhook/3f2a…"
//
// PERFORMANCE_ALERT_WEBHOOK has the address of a webhook. Any thread.
#pragma once

#include "app/environment.hpp"

#include <string>
#include <utility>
#include <vector>

namespace assay::app {

struct Notifier {
    std::string reporter; // the plugin that sends
    // With a digest of the address: in a shared history nobody sends what is meant for another
    // receiver, and nobody can read the address there.
    std::string id;
    std::vector<std::pair<std::string, std::string>> options = {}; // of the plugin
};

[[nodiscard]] std::vector<Notifier> notifiers_from(const Environment& environment);
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Notifier>& notifiers);

} // namespace assay::app
