#include "app/notifying/outbox_delivery.hpp"

#include "app/history/narrowing.hpp"
#include "app/plugin_loading.hpp"
#include "app/settings.hpp"
#include "report/reporter_host.hpp"
#include "support/json.hpp"
#include "tracking/notice_schedule.hpp"

#include <assay/plugin.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>

namespace assay::app {
namespace {

using history::NoticeRow;

constexpr std::int64_t kClaimed = 5 * std::int64_t{60'000'000'000}; // longer than sending takes
constexpr double kSecond = 1e9;                                     // in nanoseconds

// What the plugin says became of a message.
struct Receipt {
    bool delivered = false;
    std::string error = "the plugin did not say what became of it";
    std::int64_t retry_after_ns = 0;
};

Result<std::vector<NoticeRow>>
claimed(history::Store& store, const Notifier& notifier, const SendOptions& options) {
    const auto rows = store.outbox();
    if (!rows) {
        return rows.error();
    }
    std::vector<NoticeRow> ours;
    for (const NoticeRow& row : *rows) {
        if (!is_due(row, notifier, options)) {
            continue;
        }
        const auto got = store.claim_notice(row, options.now + kClaimed);
        if (!got) {
            return got.error();
        }
        if (*got) {
            ours.push_back(row);
            ++ours.back().attempts;
        }
    }
    return ours;
}

Receipt receipt_from(const std::string& text) {
    Receipt receipt;
    const auto document = parse_json(text);
    if (!document || !document->is_object()) {
        return receipt;
    }
    const json::object& told = document->get_object();
    const json::value* const delivered = told.if_contains("delivered");
    receipt.delivered = delivered != nullptr && delivered->is_bool() && delivered->get_bool();
    if (const std::string error = json_string(told, "error"); !error.empty()) {
        receipt.error = error;
    }
    if (const json::value* const after = told.if_contains("retry_after_s");
        after != nullptr && after->is_number()) {
        receipt.retry_after_ns = static_cast<std::int64_t>(after->to_number<double>() * kSecond);
    }
    return receipt;
}

Result<const LoadedPlugin*> plugin_of(const LoadedPlugins& loaded, const Notifier& notifier) {
    const LoadedPlugin* const plugin = provider_of(loaded, ASSAY_KIND_REPORTER, notifier.reporter);
    if (plugin == nullptr || !plugin->stored) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "there is no reporter '" + notifier.reporter +
                                "' that could be loaded: nobody is told of alerts",
                     .hint = "'assay list --plugins' shows what there is"};
    }
    return plugin;
}

Receipt send(const LoadedPlugin& plugin,
             const Notifier& notifier,
             const std::vector<NoticeRow>& rows,
             const Messages& say) {
    report::ReporterEnvironment environment;
    environment.log = [&say](const std::string& who, std::int32_t, std::string_view text) {
        say.detail("reporter " + who + ": " + std::string(text));
    };
    const auto written = std::make_shared<std::string>();
    auto receiver =
        report::open_reporter({.name = notifier.reporter, .path = {}, .options = notifier.options},
                              plugin.stored->path.string(),
                              environment,
                              report::text_sink(written));
    if (!receiver) {
        return {.error = receiver.error().message};
    }
    Status told;
    for (const NoticeRow& row : rows) {
        report::Event event;
        event.kind = report::EventKind::alert;
        event.fields["alert"] = row.document;
        told = told ? (*receiver)->on_event(event) : told;
    }
    told = told ? (*receiver)->finish() : told;
    if (!told) {
        return {.error = told.error().message};
    }
    return receipt_from(*written);
}

Status settle_all(history::Store& store,
                  const std::vector<NoticeRow>& rows,
                  const Receipt& receipt,
                  std::int64_t now) {
    std::random_device seed;
    std::minstd_rand random(seed());
    std::uniform_real_distribution<double> share;
    for (const NoticeRow& row : rows) {
        history::NoticeOutcome outcome{.id = row.id, .next_at = now};
        if (receipt.delivered) {
            outcome.sent = now;
        } else {
            outcome.error = receipt.error;
            outcome.next_at = tracking::next_attempt({.attempts = row.attempts,
                                                      .now = now,
                                                      .share = share(random),
                                                      .retry_after_ns = receipt.retry_after_ns});
        }
        if (Status settled = store.settle_notice(outcome); !settled) {
            return settled;
        }
    }
    return {};
}

Result<bool> anything_due(history::Store& store,
                          const std::vector<Notifier>& notifiers,
                          const SendOptions& options) {
    const auto rows = store.outbox();
    if (!rows) {
        return rows.error();
    }
    return std::ranges::any_of(*rows, [&](const NoticeRow& row) {
        return std::ranges::any_of(
            notifiers, [&](const Notifier& notifier) { return is_due(row, notifier, options); });
    });
}

Status count_waiting(history::Store& store, const std::vector<Notifier>& notifiers, Sent& sent) {
    const auto rows = store.outbox();
    if (!rows) {
        return rows.error();
    }
    for (const NoticeRow& row : *rows) { // those due first
        if (std::ranges::find(notifiers, row.notifier, &Notifier::id) != notifiers.end()) {
            sent.next_at = sent.waiting == 0 ? row.next_at : sent.next_at;
            ++sent.waiting;
        } else {
            ++sent.of_others;
        }
    }
    return {};
}

} // namespace

bool is_due(const NoticeRow& row, const Notifier& notifier, const SendOptions& options) {
    return row.notifier == notifier.id &&
           (options.all ||
            (row.next_at <= options.now && row.attempts < tracking::kNoticeAttemptsMax));
}

Result<Sent> send_notices(history::Store& store,
                          const std::vector<Notifier>& notifiers,
                          const Invocation& invocation,
                          const Messages& say,
                          const SendOptions& options) {
    Sent sent;
    const auto due = anything_due(store, notifiers, options);
    if (!due) {
        return due.error();
    }
    if (*due) { // plugins are read for it alone
        const Result<Settings> settings =
            settle(invocation, process_environment(), std::filesystem::current_path());
        if (!settings) {
            return settings.error();
        }
        const auto loaded = load_suites(*settings, {.store = true, .describe = false});
        if (!loaded) {
            return loaded.error();
        }
        for (const Notifier& notifier : notifiers) {
            const auto plugin = plugin_of(*loaded, notifier);
            if (!plugin) {
                return plugin.error();
            }
            const auto rows = claimed(store, notifier, options);
            if (!rows) {
                return rows.error();
            }
            if (rows->empty()) {
                continue;
            }
            const Receipt receipt = send(**plugin, notifier, *rows, say);
            if (Status settled = settle_all(store, *rows, receipt, options.now); !settled) {
                return settled.error();
            }
            sent.delivered += receipt.delivered ? rows->size() : 0;
            if (!receipt.delivered) {
                sent.failures.push_back(receipt.error);
            }
        }
    }
    const Status counted = count_waiting(store, notifiers, sent);
    return counted ? Result<Sent>(std::move(sent)) : counted.error();
}

void tell_people(history::Store& store, const Invocation& invocation, const Messages& say) {
    const std::vector<Notifier> notifiers = notifiers_from(process_environment());
    if (notifiers.empty()) {
        return;
    }
    const auto sent = send_notices(store, notifiers, invocation, say, {.now = now_nanoseconds()});
    if (!sent) {
        say.warning("alerts were not sent: " + sent.error().message, sent.error().hint);
        return;
    }
    for (const std::string& failure : sent->failures) {
        say.warning("alerts were not sent: " + failure,
                    "they are kept and sent later; 'assay analyze send --all' tries now");
    }
    if (sent->delivered > 0) {
        say.note(fmt::format(
            "{} {} sent", sent->delivered, sent->delivered == 1 ? "alert was" : "alerts were"));
    }
}

} // namespace assay::app
