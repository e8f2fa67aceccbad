#include "tracking/document_values.hpp"

#include "history/timestamp.hpp"

#include <array>
#include <utility>

namespace assay::tracking {
namespace {

namespace flag = history::point_flag;

constexpr std::array<std::pair<std::uint32_t, const char*>, 6> kFlags{
    {{flag::outlier, "outlier"},
     {flag::environment_shift, "environment_shift"},
     {flag::excluded, "excluded"},
     {flag::imported, "imported"},
     {flag::exact, "exact"},
     {flag::drift, "drift"}}};

} // namespace

json::object platform_value(const std::string& label, const std::string& fingerprint) {
    return {{"label", label}, {"fingerprint", fingerprint}};
}

json::object history_head(const std::string& kind, const std::string& where) {
    return {{"schema", "assay.history/1"}, {"kind", kind}, {"history", where}};
}

json::object series_value(const history::Series& series) {
    return {{"case", series.case_id},
            {"metric", series.metric},
            {"unit", series.unit},
            {"direction", std::string(measure::name_of(series.direction))},
            {"platform", platform_value(series.platform.label, series.platform.fingerprint)}};
}

json::value instant_value(std::optional<std::int64_t> nanoseconds) {
    return nanoseconds ? json::value(history::timestamp_text(*nanoseconds)) : json::value(nullptr);
}

std::vector<std::string> flag_names(std::uint32_t flags) {
    std::vector<std::string> names;
    for (const auto& [bit, name] : kFlags) {
        if ((flags & bit) != 0) {
            names.emplace_back(name);
        }
    }
    return names;
}

json::value figures_value(const std::optional<history::Figures>& figures) {
    if (!figures) {
        return nullptr;
    }
    return json::object{{"center", json_number(figures->center)},
                        {"lo", optional_number(figures->lo)},
                        {"hi", optional_number(figures->hi)},
                        {"spread", optional_number(figures->spread)},
                        {"min", optional_number(figures->min)},
                        {"max", optional_number(figures->max)},
                        {"p95", optional_number(figures->p95)},
                        {"p99", optional_number(figures->p99)},
                        {"n", json_count(figures->n)},
                        {"launches", json_count(figures->n_launches)}};
}

json::array flags_value(std::uint32_t flags) {
    const std::vector<std::string> names = flag_names(flags);
    return json::array(names.begin(), names.end());
}

json::value optional_number(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

json::value optional_count(const std::optional<std::int64_t>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value optional_bool(const std::optional<bool>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value optional_text(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

} // namespace assay::tracking
