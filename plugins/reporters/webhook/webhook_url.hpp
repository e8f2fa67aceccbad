// The address of a webhook in its parts.
//
//   WebhookUrl url = parsed_url("https://hooks.example.org/T0/B1/secret", "ALERT_WEBHOOK");
//   url.host  // "hooks.example.org", the only part that a message may show: the rest is a secret
//
// Any thread.
#pragma once

#include <string>
#include <string_view>

namespace webhook {

struct WebhookUrl {
    bool secure = false; // https
    std::string host, port, target;
};

// Throws assay::config_error, which says where the address is from, what is wrong, and shows
// nothing of it but how it is meant to be reached ("htp://").
[[nodiscard]] WebhookUrl parsed_url(std::string_view text, std::string_view from);

} // namespace webhook
