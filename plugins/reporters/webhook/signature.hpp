// The signature by which a receiver knows that a body is ours: HMAC-SHA256 (RFC 2104) in lower-case
// hexadecimal behind "sha256=", as GitHub signs its own webhooks.
//
//   header = signature_of(body, secret);   // "sha256=757107ea0eb2509fc211221cce984b8a37570b6d..."
//
// Any thread.
#pragma once

#include <string>
#include <string_view>

namespace webhook {

// Throws assay::failure where the library cannot sign.
[[nodiscard]] std::string signature_of(std::string_view body, std::string_view secret);

} // namespace webhook
