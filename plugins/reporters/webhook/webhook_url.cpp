#include "webhook_url.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cctype>

namespace webhook {
namespace {

// What is wrong with an address, said with the name of the variable that has it.
class Refusal {
public:
    explicit Refusal(std::string_view from)
        : from_(from) {}

    [[noreturn]] void operator()(const std::string& why) const {
        throw assay::config_error("the address of the webhook in " + std::string(from_) + " " +
                                  why + "; expected https://HOST[:PORT]/PATH or http://...");
    }

private:
    std::string_view from_;
};

// A line break in it would end the request's line; others stand for themselves nowhere in a URL.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

bool is_port(std::string_view text) {
    constexpr int kPortMax = 65535;
    return !text.empty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; }) &&
           std::stoi(std::string(text)) <= kPortMax;
}

// "htp://" of "htp://hooks...", which gives no secret away; empty: there is no such word.
std::string scheme_of(std::string_view text) {
    constexpr std::string_view kEnd = "://";
    constexpr std::size_t kLongest = 12;
    const std::size_t end = text.find(kEnd);
    const bool is_word = end != std::string_view::npos && end <= kLongest &&
                         std::ranges::all_of(text.substr(0, end),
                                             [](unsigned char c) { return std::isalpha(c) != 0; });
    return is_word ? std::string(text.substr(0, end + kEnd.size())) : std::string();
}

} // namespace

WebhookUrl parsed_url(std::string_view text, std::string_view from) {
    const Refusal refuse(from);
    WebhookUrl url;
    constexpr std::string_view kSecure = "https://", kPlain = "http://";
    url.secure = text.starts_with(kSecure);
    if (!url.secure && !text.starts_with(kPlain)) {
        const std::string scheme = scheme_of(text);
        refuse("begins with " + (scheme.empty() ? "" : "'" + scheme + "', ") +
               "neither https:// nor http://");
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
            refuse("has no port (1 to 65535) after its colon");
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
