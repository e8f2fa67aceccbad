// Counts what this library asks operator new for, while somebody listens. The plugin has an
// operator new of its own (interposed_new.cpp), which nothing outside of it sees.
//
//   if (auto counts = counted_new([&] { one_operation(); })) {      // nothing: nobody counts here
//       host.metric("new_calls", static_cast<double>(counts->calls));
//   }
//
// One listener at a time; the calls of all threads are counted.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace assay::allocator_suite {

struct NewCounts {
    std::uint64_t calls = 0, bytes = 0;

    bool operator==(const NewCounts&) const = default;
};

// What operator new does beside giving memory.
void count_new(std::size_t bytes) noexcept;

// False where operator new is another one: in a program that links these files alone, and under a
// sanitizer, which wants to see every call itself.
[[nodiscard]] bool is_new_counted();

class NewListener {
public:
    NewListener() noexcept;
    NewListener(const NewListener&) = delete;
    NewListener& operator=(const NewListener&) = delete;
    ~NewListener();

    [[nodiscard]] NewCounts heard() const noexcept;

private:
    NewCounts before_;
};

template <class Work>
std::optional<NewCounts> counted_new(Work&& work) {
    if (!is_new_counted()) {
        work();
        return std::nullopt;
    }
    const NewListener listener;
    work();
    return listener.heard();
}

} // namespace assay::allocator_suite
