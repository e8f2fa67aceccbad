// SHA-256 (FIPS 180-4) through libcrypto: of bytes, of a file, of a file while it is copied.
//
//   Sha256 hash;
//   hash.update("abc");
//   std::string digest = hash.finish();   // 64 lower-case hexadecimal digits
//
// The functions are callable from any thread; one Sha256 object belongs to one thread.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace assay {

class Sha256 {
public:
    Sha256();

    void update(std::string_view bytes);

    // The digest of everything so far; the object starts anew.
    [[nodiscard]] std::string finish();

private:
    struct FreeContext {
        void operator()(void* context) const noexcept;
    };

    void begin();

    std::unique_ptr<void, FreeContext> context_; // EVP_MD_CTX
};

std::string sha256_of(std::string_view bytes);

// Of a regular file, read in pieces. Errors name the path and what the system said.
Result<std::string> sha256_of_file(const std::string& path);

struct HashedCopy {
    std::string sha256;
    std::uint64_t bytes = 0;
};

// Copies a regular file to `target`, which must not exist yet, and hashes exactly the bytes that
// were written. `mode` is the new file's. What was begun is removed after an error.
Result<HashedCopy>
copy_and_hash(const std::string& source, const std::string& target, std::uint32_t mode);

} // namespace assay
