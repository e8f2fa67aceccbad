// Texts that are kept until all of them go: one allocation for many, and none to free one by one.
//
//   TextArena texts;
//   std::string_view sha = texts.keep(row.view(2));   // valid as long as `texts`
//
// One thread.
#pragma once

#include <algorithm>
#include <memory_resource>
#include <string_view>

namespace assay::history {

class TextArena {
public:
    std::string_view keep(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        auto* const begin = static_cast<char*>(memory_.allocate(text.size(), 1));
        std::ranges::copy(text, begin);
        return {begin, text.size()};
    }

    // For containers whose elements go together as well.
    [[nodiscard]] std::pmr::memory_resource* memory() noexcept { return &memory_; }

private:
    std::pmr::monotonic_buffer_resource memory_;
};

} // namespace assay::history
