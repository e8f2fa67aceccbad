#include "signature.hpp"

#include <assay/errors.hpp>

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace webhook {

std::string signature_of(std::string_view body, std::string_view secret) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(body.data());
    if (HMAC(EVP_sha256(),
             secret.data(),
             static_cast<int>(secret.size()),
             bytes,
             body.size(),
             digest.data(),
             &size) == nullptr) {
        throw assay::failure(ASSAY_E_IO, "the message cannot be signed: OpenSSL refuses HMAC");
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "sha256=";
    for (unsigned int i = 0; i < size; ++i) {
        text += kDigits[digest.at(i) >> 4U];
        text += kDigits[digest.at(i) & 0xFU];
    }
    return text;
}

} // namespace webhook
