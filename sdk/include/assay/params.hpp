// What the constructor of a case gets: its point on the axes, its seed, the suite's configuration.
//
//   explicit lookup(assay::params const& p) : table(p.i64("n")), cached(p.str("path") == "cached")
//   {}
//
// Valid during the constructor only; what it returns are copies (references say so themselves).
#pragma once

#include "context.hpp"
#include "detail/declarations.hpp"
#include "document.hpp"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace assay {

namespace detail {

// One address per type, to recognise the type of the suite's configuration object.
template <class T>
inline constexpr char type_mark = 0;

// What one suite object holds for its cases.
struct suite_state {
    const assay_host* host = nullptr;
    assay_scope* scope = nullptr;
    std::string config_json;
    std::shared_ptr<const void> config; // the object of suite::config<T>()
    const void* config_mark = nullptr;
};

// All that open() knows. Passed by reference down to the constructor of the case.
class case_setup {
public:
    const suite_state& suite;
    const assay_open_args& args;
    assay::context& host;
};

} // namespace detail

class params {
public:
    explicit params(const detail::case_setup& setup) noexcept
        : setup_(&setup) {}

    // The value of an axis. failure when the family has no such axis or it is of another type.
    [[nodiscard]] std::int64_t i64(std::string_view axis) const {
        return find(axis, ASSAY_T_I64).u.i64;
    }

    // Also of an axis of integers.
    [[nodiscard]] double f64(std::string_view axis) const {
        const assay_value& value = find(axis, ASSAY_T_F64, ASSAY_T_I64);
        return value.type == ASSAY_T_I64 ? static_cast<double>(value.u.i64) : value.u.f64;
    }

    [[nodiscard]] bool boolean(std::string_view axis) const {
        return find(axis, ASSAY_T_BOOL).u.i64 != 0;
    }

    [[nodiscard]] std::string str(std::string_view axis) const {
        return std::string(text_of(find(axis, ASSAY_T_STR).u.str));
    }

    // A size or count: refuses negative values.
    [[nodiscard]] std::size_t size(std::string_view axis) const {
        std::int64_t const value = i64(axis);
        if (value < 0) {
            throw config_error("axis '" + std::string(axis) + "' must not be negative here");
        }
        return static_cast<std::size_t>(value);
    }

    [[nodiscard]] bool has(std::string_view axis) const noexcept { return seek(axis) != nullptr; }

    // The same seed must give the same data.
    [[nodiscard]] std::uint64_t seed() const noexcept { return setup_->args.seed; }

    [[nodiscard]] std::mt19937_64 random() const { return std::mt19937_64(seed()); }

    [[nodiscard]] std::uint32_t lanes() const noexcept {
        return setup_->args.lanes == 0 ? 1 : setup_->args.lanes;
    }

    [[nodiscard]] std::string case_id() const { return std::string(text_of(setup_->args.case_id)); }

    // The suite's configuration: as a document, or as the object that suite::config<T>() made of it
    // (lives as long as the suite).
    [[nodiscard]] document config() const noexcept {
        return {setup_->suite.host, setup_->suite.config_json};
    }

    template <class T>
    [[nodiscard]] T const& config() const {
        if (setup_->suite.config_mark != &detail::type_mark<T>) {
            throw failure(ASSAY_E_STATE, "the suite did not declare this type by s.config<T>()");
        }
        return *static_cast<const T*>(setup_->suite.config.get());
    }

    // Lives as long as the case: a constructor may keep a reference.
    [[nodiscard]] assay::context& context() const noexcept { return setup_->host; }

private:
    [[nodiscard]] const assay_value* seek(std::string_view axis) const noexcept {
        const assay_case_def& def = *setup_->args.def;
        for (std::uint32_t i = 0; i < def.n_axes; ++i) {
            if (text_of(def.axes[i]->name) == axis) {
                return &setup_->args.params[i];
            }
        }
        return nullptr;
    }

    [[nodiscard]] const assay_value&
    find(std::string_view axis, std::int32_t type, std::int32_t or_type = 0) const {
        const assay_value* value = seek(axis);
        if (value == nullptr) {
            throw failure(ASSAY_E_STATE, "this family has no axis '" + std::string(axis) + "'");
        }
        if (value->type != type && value->type != or_type) {
            throw failure(ASSAY_E_STATE, "axis '" + std::string(axis) + "' is of another type");
        }
        return *value;
    }

    const detail::case_setup* setup_;
};

} // namespace assay
