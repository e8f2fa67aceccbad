#include "webhook_url.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cctype>

namespace webhook {
namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw assay::config_error("the address of the webhook " + why +
                              "; expected https://HOST[:PORT]/PATH or http://...");
}

// A line break in it would end the request's line; others stand for themselves nowhere in a URL.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

} // namespace

WebhookUrl parsed_url(std::string_view text) {
    WebhookUrl url;
    constexpr std::string_view kSecure = "https://", kPlain = "http://";
    url.secure = text.starts_with(kSecure);
    if (!url.secure && !text.starts_with(kPlain)) {
        refuse("begins with neither https:// nor http://");
    }
    if (!is_plain(text)) {
        refuse("has a space, a control character or one that is not ASCII in it");
    }
    text.remove_prefix(url.secure ? kSecure.size() : kPlain.size());
    const std::size_t slash = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, slash);
    std::string_view rest = text.substr(slash, text.find('#') - slash);
    if (authority.find('@') != std::string_view::npos) {
        refuse("has a name or password in it, which no header would carry");
    }
    url.port = url.secure ? "443" : "80";
    const std::size_t bracket = authority.find(']'); // of an IPv6 address
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        if (!is_port(authority.substr(colon + 1))) {
            refuse("has no port after its colon");
        }
        url.port = authority.substr(colon + 1);
        authority = authority.substr(0, colon);
    }
    if (authority.empty()) {
        refuse("names no host");
    }
    url.host = authority;
    url.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
    return url;
}

} // namespace webhook
