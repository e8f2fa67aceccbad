// What FFTW learnt of this machine, kept in a file, so that later runs take the same plans:
// measured on a busy machine, a plan may be several times slower than another day's.
//
//   const WisdomFile file(".assay/fftw.wisdom");
//   if (auto why = file.take()) host.warn(*why);        // before plans are made
//   if (auto why = file.keep()) host.warn(*why);        // after
//
// Text: a first line of its own, the processor, then FFTW's wisdom in double and single precision.
// A file of another processor or version of FFTW is left out and written anew; a file that is
// something else is never touched. Written beside and renamed; of two writers the last one wins,
// with what the first one had written by then. Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace assay::cgl {

class WisdomFile {
public:
    explicit WisdomFile(std::filesystem::path path);

    // Why what lies there was not taken; nothing: it was, or nothing lies there.
    [[nodiscard]] std::optional<std::string> take() const;

    // Writes where FFTW knows something that the file does not. Why it could not.
    [[nodiscard]] std::optional<std::string> keep() const;

private:
    std::filesystem::path path_;
};

// "a3f10c55b2e94d07": of what FFTW knows now, in both precisions (FNV-1a, 64 bits).
[[nodiscard]] std::string wisdom_digest();

} // namespace assay::cgl
