// Cases of matrix_caching that an unoptimised build measures in no time.
//
//   auto opened = session.open("transition", small("transition", "cached"));
//
// Pure functions.
#pragma once

#include "plugin_session.hpp"

#include <string>

namespace matrix_caching_test {

// A case small enough for an unoptimised build; its working set is 64 KiB unless the limit says
// otherwise.
[[nodiscard]] suite_test::Parameters small(const std::string& family, std::string path);
[[nodiscard]] suite_test::Parameters with(suite_test::Parameters parameters,
                                          const suite_test::Parameters& changed);
[[nodiscard]] double total(const suite_test::Metrics& metrics, const std::string& key);

struct PathName {
    const char *family, *path;
};

inline constexpr PathName kCachedPaths[] = {{"transition", "cached"},
                                            {"likelihood", "cached"},
                                            {"likelihood", "slices"},
                                            {"intermediate", "cached"}};

} // namespace matrix_caching_test
