// Which of the fifty cases is slower; the driver looks for it by its id.
#pragma once

#include <cstdint>

namespace proof {

inline constexpr std::int64_t kParts = 50;
inline constexpr std::int64_t kSlowerPart = 17; // neither first nor last
inline constexpr const char* kSlowerCase = "proof/fifty[part=17]";

} // namespace proof
