// Reads a JSON text by RFC 6901 pointer through the host's service "assay.json/1": suite
// configuration, reporter options, the JSON of an event. No JSON library in the plugin.
//
//   std::int64_t depth = config.i64("/search/depth", 3);     // 3 when it is not there
//   std::string model = config.str("/model");                // config_error when it is not there
//   for (std::size_t i = 0; i < config.size("/hosts"); ++i) config.str("/hosts/" +
//   std::to_string(i));
//
// A document borrows its text: it lives as long as what it was made from. Any thread.
#pragma once

#include "errors.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

class document {
public:
    document() = default;

    document(const assay_host* host, std::string_view json) noexcept
        : host_(host)
        , json_(json) {}

    [[nodiscard]] std::string_view text() const noexcept { return json_; }

    // Nothing when the pointer leads nowhere or to another type.
    [[nodiscard]] std::optional<std::int64_t> find_i64(std::string_view pointer) const;
    [[nodiscard]] std::optional<double> find_f64(std::string_view pointer) const;
    [[nodiscard]] std::optional<bool> find_boolean(std::string_view pointer) const;
    [[nodiscard]] std::optional<std::string> find_str(std::string_view pointer) const;
    // The compact JSON text of any value: objects and arrays included.
    [[nodiscard]] std::optional<std::string> find_json(std::string_view pointer) const;

    [[nodiscard]] std::int64_t i64(std::string_view pointer) const {
        return required(find_i64(pointer), pointer, "an integer");
    }

    [[nodiscard]] double f64(std::string_view pointer) const {
        return required(find_f64(pointer), pointer, "a number");
    }

    [[nodiscard]] bool boolean(std::string_view pointer) const {
        return required(find_boolean(pointer), pointer, "true or false");
    }

    [[nodiscard]] std::string str(std::string_view pointer) const {
        return required(find_str(pointer), pointer, "a string");
    }

    [[nodiscard]] std::string json(std::string_view pointer) const {
        return required(find_json(pointer), pointer, "a value");
    }

    // With a fallback for what is absent.
    [[nodiscard]] std::int64_t i64(std::string_view pointer, std::int64_t fallback) const {
        return find_i64(pointer).value_or(fallback);
    }

    [[nodiscard]] double f64(std::string_view pointer, double fallback) const {
        return find_f64(pointer).value_or(fallback);
    }

    [[nodiscard]] bool boolean(std::string_view pointer, bool fallback) const {
        return find_boolean(pointer).value_or(fallback);
    }

    [[nodiscard]] std::string str(std::string_view pointer, std::string_view fallback) const {
        auto found = find_str(pointer);
        return found ? *std::move(found) : std::string(fallback);
    }

    [[nodiscard]] bool has(std::string_view pointer) const {
        return find_json(pointer).has_value();
    }

    // Elements of the array at `pointer`; 0 when there is none.
    [[nodiscard]] std::size_t size(std::string_view pointer) const {
        std::string const base = std::string(pointer) + '/';
        std::size_t n = 0;
        while (has(base + std::to_string(n))) {
            ++n;
        }
        return n;
    }

private:
    [[nodiscard]] std::optional<assay_value> get(std::string_view pointer, std::int32_t type) const;

    template <class T>
    [[nodiscard]] T
    required(std::optional<T> found, std::string_view pointer, const char* expected) const {
        if (!found) {
            throw config_error("'" + std::string(pointer) + "' is not there or is not " + expected);
        }
        return *std::move(found);
    }

    const assay_host* host_ = nullptr;
    std::string_view json_;
};

inline std::optional<assay_value> document::get(std::string_view pointer, std::int32_t type) const {
    if (host_ == nullptr) {
        return std::nullopt;
    }
    const auto* reader =
        static_cast<const assay_json_v1*>(host_->service(as_abi(ASSAY_SERVICE_JSON)));
    if (reader == nullptr || reader->get == nullptr) {
        throw failure(ASSAY_E_UNSUPPORTED, "this host does not offer assay.json/1");
    }
    assay_value value{};
    if (reader->get(as_abi(json_), as_abi(pointer), type, &value) != ASSAY_OK) {
        return std::nullopt;
    }
    return value;
}

inline std::optional<std::int64_t> document::find_i64(std::string_view pointer) const {
    const auto value = get(pointer, ASSAY_T_I64);
    return value ? std::optional(value->u.i64) : std::nullopt;
}

inline std::optional<double> document::find_f64(std::string_view pointer) const {
    const auto value = get(pointer, ASSAY_T_F64);
    return value ? std::optional(value->u.f64) : std::nullopt;
}

inline std::optional<bool> document::find_boolean(std::string_view pointer) const {
    const auto value = get(pointer, ASSAY_T_BOOL);
    return value ? std::optional(value->u.i64 != 0) : std::nullopt;
}

inline std::optional<std::string> document::find_str(std::string_view pointer) const {
    const auto value = get(pointer, ASSAY_T_STR);
    return value ? std::optional(std::string(text_of(value->u.str))) : std::nullopt;
}

inline std::optional<std::string> document::find_json(std::string_view pointer) const {
    const auto value = get(pointer, ASSAY_T_JSON);
    return value ? std::optional(std::string(text_of(value->u.str))) : std::nullopt;
}

} // namespace assay
