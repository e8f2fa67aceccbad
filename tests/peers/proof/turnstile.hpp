// Turns with other work on the machine: whoever holds the lock file has the machine to himself.
//
//   const Turnstile turnstile(options.lock);   // waits; let go when it goes out of scope
//
// The other side is `flock FILE command`. An empty path waits for nobody. One thread.
#pragma once

#include "support/unique_fd.hpp"

#include <filesystem>

namespace proof {

class Turnstile {
public:
    explicit Turnstile(const std::filesystem::path& file); // throws std::system_error

private:
    assay::UniqueFd lock_;
};

} // namespace proof
