#include "history/sql/postgres_url.hpp"

#include "support/text.hpp"

#include <vector>

namespace assay::history::sql {
namespace {

// "user:secret@host/db" -> "user@host/db". libpq ends the user's part at the first '@' before a
// '/'; a password with a '/' in it, which libpq misreads, must not be shown either.
std::string without_user_password(std::string_view rest) {
    const std::size_t slash = rest.find('/');
    std::size_t at = rest.substr(0, slash).rfind('@');
    if (at == std::string_view::npos) {
        at = rest.rfind('@');
    }
    if (at == std::string_view::npos) {
        return std::string(rest);
    }
    const std::string_view user = rest.substr(0, at);
    return std::string(user.substr(0, user.find(':'))) + std::string(rest.substr(at));
}

// A name that is percent-encoded may be anything, so it goes as well.
bool may_be_secret(std::string_view parameter) {
    const std::string_view name = parameter.substr(0, parameter.find('='));
    return name.find("password") != std::string_view::npos ||
           name.find('%') != std::string_view::npos;
}

std::string without_secret_parameters(std::string_view query) {
    std::vector<std::string> kept;
    for (const std::string& parameter : split(query, '&')) {
        if (!may_be_secret(parameter)) {
            kept.push_back(parameter);
        }
    }
    return join(kept, "&");
}

} // namespace

bool is_postgres_url(std::string_view where) noexcept {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string without_password(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return std::string(url);
    }
    const std::string shown = without_user_password(url.substr(scheme + 3));
    const std::size_t question = shown.find('?');
    std::string all = std::string(url.substr(0, scheme + 3)) + shown.substr(0, question);
    if (question != std::string::npos) {
        const std::string query = without_secret_parameters(shown.substr(question + 1));
        all += query.empty() ? "" : "?" + query;
    }
    return all;
}

} // namespace assay::history::sql
