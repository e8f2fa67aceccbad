// Building RFC 6901 pointers: "/properties/a~1b/0". Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay {

// One token, escaped: "a/b" becomes "a~1b".
inline std::string pointer_token(std::string_view key) {
    std::string token;
    for (const char c : key) {
        if (c == '~') {
            token += "~0";
        } else if (c == '/') {
            token += "~1";
        } else {
            token += c;
        }
    }
    return token;
}

} // namespace assay
