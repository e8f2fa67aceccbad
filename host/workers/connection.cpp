#include "workers/connection.hpp"

#include "support/text.hpp"

namespace assay::workers {

namespace {

constexpr std::size_t kHintBytesMax = 400;

} // namespace

const Death& Connection::finish() {
    if (!death_) {
        const Ending& ending = process_->reap();
        channel_.drain_output();
        death_ = tell_death(ending, process_->page(), words_);
    }
    return *death_;
}

void Connection::heard_dying(const Frame& frame) {
    if (Result<json::object> payload = object_in(frame)) {
        words_.dying = std::move(*payload);
    }
}

Result<json::object> object_in(const Frame& frame) {
    Result<json::value> document = parse_json(frame.payload);
    if (!document || !document->is_object()) {
        return Error{ErrorKind::protocol,
                     "frame of type " + std::to_string(frame.type) + ": " +
                         (document ? "not a JSON object" : document.error().message),
                     ""};
    }
    return std::move(document->get_object());
}

std::string printed_hint(const Printed& printed) {
    const std::string own = without_stacks(printed.text);
    const std::string_view text = trim(own);
    if (text.empty()) {
        return "";
    }
    return " It printed: '" + std::string(text.substr(0, kHintBytesMax)) +
           (text.size() > kHintBytesMax ? "...'" : "'");
}

} // namespace assay::workers
