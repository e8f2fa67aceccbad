// Metrics as a text that Prometheus and its kin scrape: OpenMetrics 1.0, or the text format 0.0.4.
//
//   Exposition text;
//   text.gauge({"assay_time_seconds", "seconds", "time, lower is better"}, {{"case", id}}, 1.2e-6);
//   text.histogram(family, labels, samples, kBuckets);
//   std::string all = text.written(Format::openmetrics);
//
// Every family has its TYPE, UNIT and HELP once, in front of all of its lines. One thread.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openmetrics {

enum class Format { openmetrics, prometheus };

using Labels = std::vector<std::pair<std::string, std::string>>;

struct Family {
    std::string name, unit, help; // the name ends with the unit; no unit: a bare number
};

class Exposition {
public:
    // A value that is not known (NaN) is left out: it is not 0, and no scraper asks for it.
    void gauge(const Family& family, const Labels& labels, double value);
    // `bounds`: upper ends of the buckets, rising; one without an end is added.
    void histogram(const Family& family,
                   const Labels& labels,
                   std::span<const double> samples,
                   std::span<const double> bounds);

    [[nodiscard]] std::string written(Format format) const;

private:
    struct Kept {
        std::string type, unit, help, lines;
    };

    Kept& kept(const Family& family, const char* type);

    std::map<std::string, Kept> families_; // by name
};

// [a-zA-Z_][a-zA-Z0-9_]*; whatever else becomes '_'.
[[nodiscard]] std::string metric_name(std::string_view text);

// What a name ends with: "s" -> "seconds", "By" -> "bytes", "{op}/s" -> "op_per_second", "1" -> "".
[[nodiscard]] std::string unit_name(std::string_view unit);

} // namespace openmetrics
