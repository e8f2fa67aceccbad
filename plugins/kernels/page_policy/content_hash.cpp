#include "page_policy/content_hash.hpp"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>

namespace page_policy {

std::string content_hash(std::string_view content) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(content.data(), content.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        throw std::runtime_error("libcrypto cannot make a SHA-256: the page gets no policy");
    }
    // Four letters for every three bytes, and the zero that EVP_EncodeBlock ends with.
    std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> text{};
    const int letters = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(length));
    return "sha256-" + std::string(text.begin(), text.begin() + letters);
}

} // namespace page_policy
