// A value or the reason why there is none. Every function of the host that can fail in an expected
// way returns a Result; exceptions are left to constructors and foreign libraries.
//
//   Result<Manifest> manifest = read_manifest(path);
//   if (!manifest) return manifest.error();
//   use(*manifest);
//
// Plain values: no thread rule beyond that of the value inside.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace assay {

// What kind of failure it is; app/ turns the kind into the exit code.
enum class ErrorKind {
    usage,       // the command line says something that cannot be done           (exit 2)
    config,      // a document the user wrote is invalid                           (exit 2)
    plugin,      // a plugin is missing its part of the contract                   (exit 3)
    protocol,    // bytes from a worker are not what was agreed                    (exit 3)
    io,          // the operating system said no                                   (exit 3)
    unavailable, // something this machine does not have                           (exit 3)
    untrusted,   // a project's plugin that nobody allowed                         (exit 6)
    missing,     // what was named to be compared with is not there                (exit 4)
    cancelled,   // the user or a deadline wanted out                              (exit 130)
};

// `message`: what happened and where. `hint`: what to do about it, or empty.
struct Error {
    ErrorKind kind = ErrorKind::io;
    std::string message;
    std::string hint;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {} // NOLINT(google-explicit-constructor)

    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {} // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }

    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] T& value() & { return std::get<0>(state_); }

    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }

    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }

    T& operator*() & { return value(); }

    const T& operator*() const& { return value(); }

    T&& operator*() && { return std::move(*this).value(); }

    T* operator->() { return &value(); }

    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

// Success without a value, or the reason: `return {};` and `return Error{...};`.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;

    Result(Error error)
        : error_(std::move(error)) {} // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }

    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;

} // namespace assay
