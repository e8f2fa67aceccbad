#include "plan/order.hpp"

#include "plan/stable_hash.hpp"

#include <algorithm>
#include <tuple>

namespace assay::plan {
namespace {

struct Place {
    std::uint64_t group_hash = 0, case_hash = 0;
    bool after_reference = false;
    std::size_t index = 0;
};

const std::string& group_of(const PlannedCase& planned) {
    return planned.reference_id ? *planned.reference_id : planned.id;
}

} // namespace

void put_in_order(std::vector<PlannedCase>& cases, std::uint64_t seed) {
    const std::uint64_t salt = mix(seed + 0x9E3779B97F4A7C15u); // mix(0) is 0
    std::vector<Place> places;
    places.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        places.push_back({mix(stable_hash(group_of(cases[i])) ^ salt),
                          mix(stable_hash(cases[i].id) ^ salt),
                          cases[i].reference_id.has_value(),
                          i});
    }
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        // The ids decide between equal hashes, so that no pair is left to the sorting algorithm.
        return std::tie(a.group_hash,
                        group_of(cases[a.index]),
                        a.after_reference,
                        a.case_hash,
                        cases[a.index].id) < std::tie(b.group_hash,
                                                      group_of(cases[b.index]),
                                                      b.after_reference,
                                                      b.case_hash,
                                                      cases[b.index].id);
    });
    std::vector<PlannedCase> ordered;
    ordered.reserve(cases.size());
    for (const Place& place : places) {
        ordered.push_back(std::move(cases[place.index]));
    }
    cases = std::move(ordered);
}

} // namespace assay::plan
