#include "measure/abi_field.hpp"

#include "support/text.hpp"

namespace assay::measure {

std::string copy_text(assay_str text, std::size_t bytes_max) {
    if (text.data == nullptr || text.len == 0) {
        return {};
    }
    const bool cut = text.len > bytes_max;
    std::string copy(text.data, cut ? bytes_max : static_cast<std::size_t>(text.len));
    if (cut) { // not in the middle of a character
        const auto top_bits = [&] { return static_cast<unsigned char>(copy.back()) & 0xC0u; };
        while (!copy.empty() && top_bits() == 0x80u) {
            copy.pop_back();
        }
        if (!copy.empty() && top_bits() == 0xC0u) {
            copy.pop_back();
        }
        copy += "...";
    }
    if (!is_utf8(copy)) {
        for (char& byte : copy) {
            if ((static_cast<unsigned char>(byte) & 0x80u) != 0) {
                byte = '?';
            }
        }
    }
    return copy;
}

std::string status_name(assay_status status) {
    switch (status) {
    case ASSAY_OK:
        return "ASSAY_OK";
    case ASSAY_SKIP:
        return "ASSAY_SKIP";
    case ASSAY_UNAVAILABLE:
        return "ASSAY_UNAVAILABLE";
    case ASSAY_E_FAIL:
        return "ASSAY_E_FAIL";
    case ASSAY_E_CONFIG:
        return "ASSAY_E_CONFIG";
    case ASSAY_E_UNSUPPORTED:
        return "ASSAY_E_UNSUPPORTED";
    case ASSAY_E_VERIFY:
        return "ASSAY_E_VERIFY";
    case ASSAY_E_CANCELLED:
        return "ASSAY_E_CANCELLED";
    case ASSAY_E_NOMEM:
        return "ASSAY_E_NOMEM";
    case ASSAY_E_IO:
        return "ASSAY_E_IO";
    case ASSAY_E_STATE:
        return "ASSAY_E_STATE";
    case ASSAY_E_EXCEPTION:
        return "ASSAY_E_EXCEPTION";
    default:
        return "status " + std::to_string(status);
    }
}

} // namespace assay::measure
