// The hash by which a page's policy allows one script or style: 'sha256-...' in base64.
//
//   policy += "script-src '" + content_hash(script) + "'";
//
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace page_policy {

// "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" of nothing. Throws where libcrypto fails.
[[nodiscard]] std::string content_hash(std::string_view content);

} // namespace page_policy
