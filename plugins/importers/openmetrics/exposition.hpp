// Lines of the text format of Prometheus and OpenMetrics.
//
//   Families families;
//   if (take_comment(line, families)) ...                       // "# TYPE http_requests counter"
//   std::optional<Sample> sample = sample_in(line);             // "name{label=\"value\"} 1
//   1600000000"
//
// Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openmetrics {

struct Family {
    std::string type, unit, help; // as they are written; empty: not told
};

using Families = std::map<std::string, Family, std::less<>>;

struct Sample {
    std::string name;
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0; // may be no number
    std::optional<double> timestamp;
};

// true: the line is a comment, or the end of the text.
bool take_comment(std::string_view line, Families& families);

[[nodiscard]] std::optional<Sample> sample_in(std::string_view line);

// The family of a sample: "x_bucket" is of the histogram "x". Nothing where no line told of it.
[[nodiscard]] std::optional<std::pair<std::string, Family>> family_of(const Sample& sample,
                                                                      const Families& families);

} // namespace openmetrics
