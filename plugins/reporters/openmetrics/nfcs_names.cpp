#include "nfcs_names.hpp"

#include <array>

namespace openmetrics {
namespace {

constexpr std::array kUsualBounds{1e-6,  2.5e-6, 5e-6,  1e-5, 2.5e-5, 5e-5, 1e-4,  2.5e-4, 5e-4,
                                  0.001, 0.0025, 0.005, 0.01, 0.025,  0.05, 0.075, 0.1,    0.25,
                                  0.5,   0.75,   1.0,   2.5,  5.0,    7.5,  10.0};
constexpr std::array kCglBounds{
    1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5};

constexpr std::array kNames{
    KnownName{.suite = "cgl",
              .family = "step",
              .metric = "time",
              .name = "nfcs_cgl_computation_time_seconds",
              .help = "CGL equation computation time",
              .unit = "seconds",
              .type = NfcsType::histogram,
              .bounds = kCglBounds},
    KnownName{.suite = "cgl",
              .family = "step",
              .metric = "steps",
              .name = "nfcs_cgl_performance_fps",
              .help = "CGL solver FPS by grid size",
              .unit = "",
              .label = "grid_size",
              .axis = "n"},
    KnownName{.suite = "kuramoto",
              .family = "sync_time",
              .metric = "time",
              .name = "nfcs_kuramoto_sync_time_seconds",
              .help = "Kuramoto synchronization computation time",
              .unit = "seconds",
              .type = NfcsType::histogram,
              .bounds = kUsualBounds},
    KnownName{.suite = "kuramoto",
              .family = "step",
              .metric = "osc_steps",
              .name = "nfcs_kuramoto_oscillator_performance",
              .help = "Performance per oscillator count",
              .unit = "",
              .label = "oscillator_count",
              .axis = "n"},
    KnownName{.suite = "coordination",
              .family = "",
              .metric = "frequency",
              .name = "nfcs_coordination_frequency_hz",
              .help = "Actual coordination frequency achieved",
              .unit = ""},
    KnownName{.suite = "coordination",
              .family = "",
              .metric = "lateness",
              .name = "nfcs_coordination_latency_seconds",
              .help = "Inter-module coordination latency",
              .unit = "seconds",
              .type = NfcsType::histogram,
              .bounds = kUsualBounds},
    KnownName{.suite = "coordination",
              .family = "",
              .metric = "response",
              .name = "nfcs_module_response_time_seconds",
              .help = "Individual module response times",
              .unit = "seconds",
              .type = NfcsType::histogram,
              .label = "module_name",
              .axis = "module",
              .bounds = kUsualBounds},
    KnownName{.suite = "allocator",
              .family = "",
              .metric = "efficiency",
              .name = "nfcs_memory_efficiency_ratio",
              .help = "Memory efficiency ratio (useful/total)",
              .unit = "ratio"},
    KnownName{.suite = "allocator",
              .family = "",
              .metric = "fragmentation",
              .name = "nfcs_memory_fragmentation_percent",
              .help = "Memory fragmentation percentage",
              .unit = "percent",
              .scale = 100},
    KnownName{.suite = "allocator",
              .family = "trim",
              .metric = "time",
              .name = "nfcs_gc_collection_time_seconds",
              .help = "Garbage collection time",
              .unit = "seconds",
              .type = NfcsType::histogram,
              .bounds = kUsualBounds},
};

} // namespace

std::vector<KnownName>
nfcs_names(std::string_view suite, std::string_view family, std::string_view metric) {
    std::vector<KnownName> found;
    for (const KnownName& known : kNames) {
        if (known.suite == suite && known.metric == metric &&
            (known.family.empty() || known.family == family)) {
            found.push_back(known);
        }
    }
    return found;
}

std::span<const double> usual_bounds() noexcept {
    return kUsualBounds;
}

} // namespace openmetrics
