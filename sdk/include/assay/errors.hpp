// What a plugin throws to end a call early, and how exceptions become statuses at the boundary.
//
//   if (!server.connected()) throw assay::unavailable{"no server at " + address};
//
// thrown                        status               meaning
// assay::skip                   ASSAY_SKIP           this combination makes no sense here
// assay::unavailable            ASSAY_UNAVAILABLE    a server, device or data set is missing
// assay::wrong_result           ASSAY_E_VERIFY       the result is wrong; nothing is timed
// assay::config_error           ASSAY_E_CONFIG       configuration or parameter is wrong
// assay::failure{status, text}  that status          anything else
// std::bad_alloc                ASSAY_E_NOMEM        from prepare: come back with fewer iterations
// any other exception           ASSAY_E_EXCEPTION    its what() is the text
//
// Any thread.
#pragma once

#include "plugin.h"

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace assay {

// Text lent by the host or to it. The memory stays with whoever made it.
inline std::string_view text_of(assay_str text) noexcept {
    return text.data == nullptr ? std::string_view{} : std::string_view(text.data, text.len);
}

inline assay_str as_abi(std::string_view text) noexcept {
    return assay_str{text.data(), text.size()};
}

class failure : public std::runtime_error {
public:
    failure(assay_status status, const std::string& text)
        : std::runtime_error(text)
        , status_(status) {}

    [[nodiscard]] assay_status status() const noexcept { return status_; }

private:
    assay_status status_;
};

class skip : public failure {
public:
    explicit skip(const std::string& why)
        : failure(ASSAY_SKIP, why) {}
};

class unavailable : public failure {
public:
    explicit unavailable(const std::string& what_is_missing)
        : failure(ASSAY_UNAVAILABLE, what_is_missing) {}
};

class wrong_result : public failure {
public:
    explicit wrong_result(const std::string& difference)
        : failure(ASSAY_E_VERIFY, difference) {}
};

class config_error : public failure {
public:
    explicit config_error(const std::string& what_is_wrong)
        : failure(ASSAY_E_CONFIG, what_is_wrong) {}
};

namespace detail {

inline void tell(const assay_host* host,
                 assay_scope* scope,
                 assay_status status,
                 std::string_view text) noexcept {
    if (host != nullptr && host->fail != nullptr) {
        host->fail(scope, status, as_abi(text));
    }
}

// Runs `body`, which returns a status or nothing; whatever it throws becomes a status, with its
// text told to the host first. The one place where exceptions end.
template <class Body>
assay_status guard(const assay_host* host, assay_scope* scope, Body&& body) noexcept {
    try {
        if constexpr (std::is_void_v<decltype(body())>) {
            body();
            return ASSAY_OK;
        } else {
            return body();
        }
    } catch (const failure& e) {
        tell(host, scope, e.status(), e.what());
        return e.status();
    } catch (const std::bad_alloc&) {
        tell(host, scope, ASSAY_E_NOMEM, "out of memory");
        return ASSAY_E_NOMEM;
    } catch (const std::exception& e) {
        tell(host, scope, ASSAY_E_EXCEPTION, e.what());
        return ASSAY_E_EXCEPTION;
    } catch (...) {
        tell(host, scope, ASSAY_E_EXCEPTION, "an exception that is not a std::exception");
        return ASSAY_E_EXCEPTION;
    }
}

} // namespace detail
} // namespace assay
