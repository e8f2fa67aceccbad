// A message, until it is taken: tried a few times with longer and longer waits.
//
//   Delivery done = deliver(body, {.url = url, .secret = secret, .attempts = 3});
//   if (!done.taken) ... done.error ...
//
// One thread; waits.
#pragma once

#include "webhook_url.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace webhook {

struct DeliveryOptions {
    WebhookUrl url;
    std::string secret = {}; // empty: not signed
    int attempts = 3;
    std::chrono::milliseconds timeout{10'000};
    std::chrono::milliseconds first_wait{500}; // doubled each time, with a random share
};

struct Delivery {
    bool taken = false;
    int attempts = 0;
    int status = 0;    // of the last answer; 0: none came
    std::string error; // why it was not taken, with the host's name and nothing else of the address
    std::optional<std::chrono::seconds> retry_after = {}; // as the receiver asked
};

// A receiver that asks for more patience than `kPatience` is not asked again here.
inline constexpr std::chrono::seconds kPatience{5};

[[nodiscard]] Delivery deliver(const std::string& body, const DeliveryOptions& options);

} // namespace webhook
