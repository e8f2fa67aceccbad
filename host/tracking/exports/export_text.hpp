// What an export is: the text of a file, and what had no place in it, by kind and number, so that
// nothing is dropped in silence.
//
//   ExportText made = bmf_text(run);
//   made.left_out.add("samples", 30);
//   for (const LeftOut::Kind& kind : made.left_out.kinds()) note(kind.what, kind.count);
//
// Plain values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::tracking {

class LeftOut {
public:
    struct Kind {
        std::string what; // "samples", "intervals of figures"
        std::size_t count = 0;

        friend bool operator==(const Kind&, const Kind&) = default;
    };

    void add(std::string_view what, std::size_t count = 1) {
        if (count == 0) {
            return;
        }
        const auto known = std::ranges::find(kinds_, what, &Kind::what);
        if (known == kinds_.end()) {
            kinds_.push_back({std::string(what), count});
        } else {
            known->count += count;
        }
    }

    // In the order in which they were met first.
    [[nodiscard]] const std::vector<Kind>& kinds() const noexcept { return kinds_; }

    [[nodiscard]] std::size_t count(std::string_view what) const {
        const auto known = std::ranges::find(kinds_, what, &Kind::what);
        return known == kinds_.end() ? 0 : known->count;
    }

private:
    std::vector<Kind> kinds_;
};

struct ExportText {
    std::string text;
    LeftOut left_out = {};
    bool empty = false; // nothing of the run had a place in it
};

} // namespace assay::tracking
