#include "delivery.hpp"

#include "post.hpp"
#include "signature.hpp"

#include <random>
#include <thread>

namespace webhook {
namespace {

// A receiver that was down is not asked by everybody at the same moment.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds wait) {
    std::random_device seed;
    std::uniform_real_distribution<double> share(0.75, 1.25);
    std::minstd_rand random(seed());
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(wait.count()) * share(random)));
}

std::string why_not(const Answer& answer, const WebhookUrl& url) {
    return answer.status == 0 ? answer.error
                              : url.host + " answered " + std::to_string(answer.status);
}

} // namespace

Delivery deliver(const std::string& body, const DeliveryOptions& options) {
    Request request{.body = body};
    if (!options.secret.empty()) {
        request.headers.emplace_back("X-Assay-Signature-256", signature_of(body, options.secret));
    }
    Delivery done;
    std::chrono::milliseconds wait = options.first_wait;
    while (done.attempts < options.attempts) {
        const Answer answer = post(options.url, request, options.timeout);
        ++done.attempts;
        done.status = answer.status;
        done.taken = answer.is_taken();
        done.error = done.taken ? std::string() : why_not(answer, options.url);
        done.retry_after = answer.retry_after;
        if (done.taken || !answer.is_passing() || done.attempts == options.attempts ||
            answer.retry_after.value_or(std::chrono::seconds(0)) > kPatience) {
            break;
        }
        std::this_thread::sleep_for(answer.retry_after
                                        ? std::chrono::milliseconds(*answer.retry_after)
                                        : with_jitter(wait));
        wait *= 2;
    }
    return done;
}

} // namespace webhook
