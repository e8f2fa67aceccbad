// The reporter "webhook": tells a receiver of HTTP what got worse. Alerts of the history as they
// are opened and end, and runs, comparisons and gates that did not go well.
#include "body.hpp"
#include "delivery.hpp"
#include "report_text/headline.hpp"
#include "report_text/told_run.hpp"

#include <assay/reporter.hpp>

#include <boost/json.hpp>

#include <cstdlib>
#include <string>

namespace webhook {
namespace {

std::string from_environment(const std::string& name) {
    const char* const value = name.empty() ? nullptr : std::getenv(name.c_str());
    return value == nullptr ? std::string() : std::string(value);
}

DeliveryOptions delivery_options(const assay::document& options) {
    const std::string name = options.str("/address_from", "PERFORMANCE_ALERT_WEBHOOK");
    const std::string address = from_environment(name);
    if (address.empty()) {
        throw assay::config_error("no address: set " + name + " to that of the receiver");
    }
    return {.url = parsed_url(address, name),
            .secret = from_environment(options.str("/secret_from", "ASSAY_WEBHOOK_SECRET")),
            .attempts = static_cast<int>(options.i64("/attempts", 3)),
            .timeout = std::chrono::milliseconds(
                static_cast<std::int64_t>(options.f64("/timeout_s", 10) * 1000)),
            .first_wait = std::chrono::milliseconds(
                static_cast<std::int64_t>(options.f64("/first_wait_s", 0.5) * 1000))};
}

bool is_bad_news(const report_text::ToldRun& run) {
    const report_text::Gravity gravity = report_text::headline_of(run).gravity;
    return gravity == report_text::Gravity::worse || gravity == report_text::Gravity::broken;
}

std::string receipt_of(const Delivery& done) {
    namespace json = boost::json;
    return json::serialize(json::object{
               {"schema", "assay.delivery/1"},
               {"delivered", done.taken},
               {"attempts", done.attempts},
               {"status", done.status == 0 ? json::value(nullptr) : json::value(done.status)},
               {"error", done.taken ? json::value(nullptr) : json::value(done.error)},
               {"retry_after_s",
                done.retry_after ? json::value(done.retry_after->count())
                                 : json::value(nullptr)}}) +
           "\n";
}

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "format": {"type": "string", "enum": ["slack", "json"], "default": "slack",
               "description": "slack: as Slack and those like it take it; json: documents whole"},
    "address_from": {"type": "string", "default": "PERFORMANCE_ALERT_WEBHOOK",
                     "description": "environment variable that has the address"},
    "secret_from": {"type": "string", "default": "ASSAY_WEBHOOK_SECRET",
                    "description": "environment variable that has the secret to sign with"},
    "when": {"type": "string", "enum": ["worse", "always"], "default": "worse",
             "description": "of runs, comparisons, gates: tell bad news, or all"},
    "attempts": {"type": "integer", "minimum": 1, "maximum": 10, "default": 3},
    "first_wait_s": {"type": "number", "minimum": 0, "maximum": 60, "default": 0.5,
                     "description": "before the second attempt; doubled each time"},
    "timeout_s": {"type": "number", "minimum": 0.01, "maximum": 60, "default": 10},
    "undelivered": {"type": "string", "enum": ["fail", "receipt"], "default": "fail",
                    "description": "receipt: say so in the receipt, and do not fail"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "webhook-receipt.json";

    Reporter(const assay::document& options, assay::sink out, const assay::context& host)
        : out_(out)
        , host_(host)
        , delivery_(delivery_options(options))
        , is_slack_(options.str("/format", "slack") == "slack")
        , tells_all_(options.str("/when", "worse") == "always")
        , fails_(options.str("/undelivered", "fail") == "fail") {}

    void on(const assay::event_view& event) {
        if (event.kind() == assay::event_kind::alert) {
            message_.alerts.push_back(alert_from(event));
            return;
        }
        is_run_ = is_run_ || event.kind() == assay::event_kind::run_begin;
        reader_.take(event);
    }

    void finish() {
        if (is_run_ && (tells_all_ || is_bad_news(reader_.run()))) {
            message_.run = reader_.run();
        }
        if (message_.alerts.empty() && !message_.run) {
            host_.debug("nothing got worse: nothing is sent");
            out_.write("{\"schema\":\"assay.delivery/1\",\"delivered\":null,\"attempts\":0,"
                       "\"status\":null,\"error\":null,\"retry_after_s\":null}\n");
            return;
        }
        const Delivery done =
            deliver(is_slack_ ? slack_body(message_) : plain_body(message_), delivery_);
        if (!done.taken && fails_) {
            throw assay::failure(ASSAY_E_IO,
                                 done.error + " (" + std::to_string(done.attempts) +
                                     (done.attempts == 1 ? " attempt)" : " attempts)"));
        }
        out_.write(receipt_of(done));
    }

private:
    assay::sink out_;
    assay::context host_;
    DeliveryOptions delivery_;
    bool is_slack_ = true, tells_all_ = false, fails_ = true, is_run_ = false;
    Message message_;
    report_text::RunReader reader_;
};

} // namespace
} // namespace webhook

ASSAY_REPORTER("org.assay.webhook",
               "webhook",
               "0.1.0",
               webhook::Reporter,
               "\"description\":\"tells a webhook what got worse\",\"license\":\"Apache-2.0\"")
