// Lends an Event to a plugin for one call: the typed figures as assay_stats and the whole event as
// JSON text. Everything it points at is owned here.
//
//   const AbiEvent lent(event);
//   reporter->on_event(instance, &lent.get());
//
// Not movable (it points into itself); one thread.
#pragma once

#include "report/event.hpp"

#include <assay/plugin.h>

#include <string>
#include <vector>

namespace assay::report {

class AbiEvent {
public:
    explicit AbiEvent(const Event& event);
    AbiEvent(const AbiEvent&) = delete;
    AbiEvent& operator=(const AbiEvent&) = delete;

    [[nodiscard]] const assay_event& get() const noexcept { return event_; }

private:
    void add_metric(const MetricResult& metric);

    // One per metric; reserved before the first, so that pointers into them stay.
    struct Figures {
        assay_stats stats;
        std::string key, unit;
        std::vector<double> samples, launch_medians;
    };

    std::string suite_, case_id_, text_, json_;
    std::vector<Figures> figures_;
    std::vector<const assay_stats*> stats_;
    assay_event event_{};
};

} // namespace assay::report
