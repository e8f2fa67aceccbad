// A row of figures as one line of text, for a glance at a trend.
//
//   std::string line = spark_line(figures, true);   // "▁▁▂▁█"
//
// Pure; callable from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// One column per figure, from the lowest to the highest there is; a blank where nothing was
// measured. More than `columns` figures: the newest.
std::string spark_line(const std::vector<std::optional<double>>& figures,
                       bool unicode,
                       std::size_t columns = 60);

} // namespace assay::app
