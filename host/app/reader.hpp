// Who reads a table: people, who are given rounded figures, short names and words, or programs,
// which are given plain numbers, whole names and ISO times. Rows are made in one place for both.
//
//   TextTable table = stats_table(stats, where, Reader::programs);
//
// Plain value.
#pragma once

namespace assay::app {

enum class Reader { people, programs };

} // namespace assay::app
