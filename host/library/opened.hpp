// What a History holds, for the files that answer its questions.
//
//   return answered([&]() -> Result<Stats> { ... opened_->store->stats() ... });
//
// One thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "library/assay/history.hpp"

#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <string>

namespace assay::recorded {

struct History::Opened {
    std::unique_ptr<history::Store> store;
    history::BaselinesFile baselines;
    bool writable = false;
    std::filesystem::path bundles = {}; // empty: none are written
};

// What a library below throws ends here; want of memory does not.
template <class Answer>
auto answered(const Answer& answer) -> decltype(answer()) {
    try {
        return answer();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& exception) {
        return Error{.kind = ErrorKind::io,
                     .message = std::string("the history cannot be read: ") + exception.what(),
                     .hint = {}};
    }
}

} // namespace assay::recorded
