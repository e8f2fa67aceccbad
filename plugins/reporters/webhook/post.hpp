// One POST of a JSON body over HTTP or HTTPS.
//
//   Answer answer = post(url, {.body = body, .headers = {{"X-Assay-Delivery", id}}}, 10s);
//   if (answer.is_taken()) ...
//
// Certificates are verified against the system's authorities (SSL_CERT_FILE names others).
// Redirects are not followed: a body that is signed for one place is not sent to another. Any
// thread.
#pragma once

#include "webhook_url.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace webhook {

struct Request {
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

struct Answer {
    int status = 0;    // of HTTP; 0: none came
    std::string error; // why there is no status; names the host alone
    std::optional<std::chrono::seconds> retry_after = {}; // as the receiver asks

    [[nodiscard]] bool is_taken() const noexcept { return status >= 200 && status < 300; }

    // Asked again, the receiver may say something else: nothing came, too many requests, an error
    // of its own, or it was too slow.
    [[nodiscard]] bool is_passing() const noexcept {
        return status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
    }
};

[[nodiscard]] Answer
post(const WebhookUrl& url, const Request& request, std::chrono::milliseconds timeout);

} // namespace webhook
