// A queue of a few things between two threads. Who puts never waits: a queue that is full refuses.
//
//   BoundedQueue<Question> questions(2);
//   if (!questions.try_put(question)) { ... }
//   while (auto next = questions.take(stop)) { ... }      // until stop is requested
//
// Any number of threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace assay::coordination {

template <class Thing>
class BoundedQueue {
public:
    // Room for at least one.
    explicit BoundedQueue(std::size_t room)
        : ring_(room == 0 ? 1 : room) {}

    [[nodiscard]] bool try_put(const Thing& thing) {
        {
            const std::lock_guard lock(mutex_);
            if (count_ == ring_.size()) {
                return false;
            }
            ring_[(first_ + count_++) % ring_.size()] = thing;
        }
        filled_.notify_one();
        return true;
    }

    [[nodiscard]] std::optional<Thing> take(std::stop_token stop) {
        std::unique_lock lock(mutex_);
        if (!filled_.wait(lock, stop, [this] { return count_ > 0; })) {
            return std::nullopt;
        }
        std::optional<Thing> thing = std::move(ring_[first_]);
        first_ = (first_ + 1) % ring_.size();
        --count_;
        return thing;
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return count_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable_any filled_;
    std::vector<Thing> ring_;
    std::size_t first_ = 0, count_ = 0;
};

} // namespace assay::coordination
