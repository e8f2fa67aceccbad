#include "app/notifying/notifiers.hpp"

#include "support/sha256.hpp"

namespace assay::app {
namespace {

constexpr const char* kAddress = "PERFORMANCE_ALERT_WEBHOOK";
constexpr const char* kFormat = "ASSAY_WEBHOOK_FORMAT";
constexpr std::size_t kDigits = 12; // of the digest

} // namespace

std::vector<Notifier> notifiers_from(const Environment& environment) {
    const auto address = environment(kAddress);
    if (!address) {
        return {};
    }
    Notifier webhook{.reporter = "webhook",
                     .id = "webhook/" + sha256_of(*address).substr(0, kDigits),
                     .options = {{"address_from", kAddress}, {"undelivered", "receipt"}}};
    if (const auto format = environment(kFormat)) {
        webhook.options.emplace_back("format", *format);
    }
    return {std::move(webhook)};
}

std::vector<std::string> ids_of(const std::vector<Notifier>& notifiers) {
    std::vector<std::string> ids;
    for (const Notifier& one : notifiers) {
        ids.push_back(one.id);
    }
    return ids;
}

} // namespace assay::app
