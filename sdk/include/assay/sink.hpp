// Where a reporter writes. The host opens the target, renames it into place on success, owns
// stdout.
//
//   out.write("case,median\n");
//   out.open_extra("assets/style.css").write(css);
//
// One thread: the reporter's own. Valid until the reporter is destroyed.
#pragma once

#include "errors.hpp"

#include <string>
#include <string_view>

namespace assay {

class sink {
public:
    explicit sink(const assay_sink& raw) noexcept
        : raw_(&raw) {}

    // All of it or failure (disk full, closed pipe): let it pass through on() or finish().
    void write(std::string_view bytes) const {
        const assay_status status = raw_->write(raw_->self, as_abi(bytes));
        if (status < 0) {
            throw failure(status, "the output could not be written");
        }
    }

    [[nodiscard]] bool is_terminal() const noexcept { return raw_->is_terminal != 0; }

    // Width of the terminal; 0 = unknown.
    [[nodiscard]] std::int32_t columns() const noexcept { return raw_->columns; }

    // A further file beside this one; `relative_name` without "..".
    [[nodiscard]] sink open_extra(std::string_view relative_name) const {
        const assay_sink* extra = nullptr;
        const assay_status status = raw_->open_extra(raw_->self, as_abi(relative_name), &extra);
        if (status < 0 || extra == nullptr) {
            throw failure(status < 0 ? status : ASSAY_E_IO,
                          "cannot open '" + std::string(relative_name) + "' beside the output");
        }
        return sink(*extra);
    }

private:
    const assay_sink* raw_;
};

} // namespace assay
