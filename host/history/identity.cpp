#include "history/records.hpp"
#include "support/sha256.hpp"

namespace assay::history {

std::string series_key(const Series& series) {
    return sha256_of(canonical_json(json::object{
        {"aggregate", series.aggregate},
        {"case", series.case_id},
        {"clock", series.clock},
        {"direction", std::string(measure::name_of(series.direction))},
        {"isolation", series.isolation},
        {"metric", series.metric},
        {"platform", series.platform.fingerprint},
        {"platform_label", series.platform.label},
        {"shape", series.shape},
        {"unit", series.unit},
    }));
}

} // namespace assay::history
