#include "gungraun.hpp"
#include "import_formats/metrics.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace gungraun {
namespace {

namespace formats = assay::import_formats;

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Letters and digits alone: "L1 Hits" and "L1hits" are one.
std::string compact(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        const char lower = lowered(c);
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
            plain += lower;
        }
    }
    return plain;
}

struct Known {
    std::string_view compact, key;
};

constexpr std::array kKnown{Known{"ir", "instructions"},
                            Known{"l1hits", "l1_hits"},
                            Known{"l2hits", "l2_hits"},
                            Known{"llhits", "ll_hits"},
                            Known{"ramhits", "ram_hits"},
                            Known{"totalrw", "total_read_write"},
                            Known{"totalreadwrite", "total_read_write"},
                            Known{"estimatedcycles", "estimated_cycles"},
                            Known{"i1missrate", "i1_miss_rate"},
                            Known{"d1missrate", "d1_miss_rate"},
                            Known{"llimissrate", "lli_miss_rate"},
                            Known{"lldmissrate", "lld_miss_rate"},
                            Known{"llmissrate", "ll_miss_rate"},
                            Known{"l1hitrate", "l1_hit_rate"},
                            Known{"llhitrate", "ll_hit_rate"},
                            Known{"ramhitrate", "ram_hit_rate"},
                            Known{"totalbytes", "total_bytes"},
                            Known{"totalblocks", "total_blocks"},
                            Known{"attgmaxbytes", "at_t_gmax_bytes"},
                            Known{"attgmaxblocks", "at_t_gmax_blocks"},
                            Known{"attendbytes", "at_t_end_bytes"},
                            Known{"attendblocks", "at_t_end_blocks"},
                            Known{"maximumbytes", "maximum_bytes"},
                            Known{"maximumblocks", "maximum_blocks"},
                            Known{"readsbytes", "reads_bytes"},
                            Known{"writesbytes", "writes_bytes"},
                            Known{"suppressederrors", "suppressed_errors"},
                            Known{"suppressedcontexts", "suppressed_contexts"}};

} // namespace

assay::imported_metric counter(std::string_view tool, std::string_view name, double value) {
    const auto* const known = std::ranges::find(kKnown, compact(name), &Known::compact);
    const std::string key = known == kKnown.end() ? formats::key_of(name) : std::string(known->key);
    const bool rate = key.ends_with("_rate"), bytes = key.ends_with("bytes");
    std::string prefix = formats::key_of(tool);
    prefix = tool.empty() || prefix == "callgrind" ? "" : prefix + ".";
    assay::imported_metric metric = formats::figure_metric(prefix + key,
                                                           rate    ? "%"
                                                           : bytes ? "B"
                                                                   : "",
                                                           value);
    metric.better = key.ends_with("hit_rate") && key != "ram_hit_rate" ? assay::higher
                    : key == "l1_hits" || key == "l1_accesses"         ? assay::no_direction
                                                                       : assay::lower;
    const bool cachegrind = prefix == "cachegrind.";
    metric.exact = !rate && (key == "instructions" || (!prefix.empty() && !cachegrind));
    return metric;
}

} // namespace gungraun
