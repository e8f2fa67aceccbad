// The negative expected free energy of a policy by its definition, in plain loops: what the full
// path is verified against.
//
//   expected[policy] = reference_free_energy(requests, key, policy);
//
// Without preferences every outcome is worth ln(1/O); gains are those of each modality, summed:
//   G = sum_t sum_m [ qo . ln(1/O_m + 1e-16) + sum_s Q(s) sum_o A ln(A + e^-16) - qo . ln(qo +
//   1e-16) ]
// Pure functions.
#pragma once

#include "intermediate_requests.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::matrix_caching {

[[nodiscard]] double
reference_free_energy(const IntermediateRequests& requests, std::uint32_t key, std::size_t policy);

} // namespace assay::matrix_caching
