#include "tracking/exports/writers.hpp"
#include "tracking/figure_rows.hpp"

namespace assay::tracking {

ExportText csv_text(std::span<const ExportedRun> runs) {
    ExportText made{.text = figure_row_heads()};
    for (const ExportedRun& exported : runs) {
        made.text += figure_rows(exported.run);
        for (const history::Point& point : exported.run.points) {
            made.left_out.add("samples", observations(point).size());
        }
    }
    return made;
}

} // namespace assay::tracking
