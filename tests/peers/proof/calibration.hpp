// How many links of the multiply chain take as long as one percent of a body on this machine, and
// whether a build that carries them reads as intended.
//
//   proof_calibration > calibration.json          // the figures, for CMake and for the driver
//
// Body and chain alternate within a process, so that both see the same minute and the same layout;
// the ratio of a process is one observation, and the median over fresh processes is the figure.
#pragma once

#include <cstdint>
#include <string>

namespace proof {

// In this process: how many links take as long as the body once. Throws std::runtime_error for an
// unknown body.
double links_of_body(const std::string& body);

// In this process: the body with `links` appended / the body without, in thread CPU time.
double ratio_with_links(const std::string& body, std::uint64_t links);

} // namespace proof
