// The words of the documents for the enumerations of this library.
#include "measure/description.hpp"
#include "measure/launch.hpp"

#include <array>

namespace assay::measure {

std::string_view name_of(Shape shape) noexcept {
    switch (shape) {
    case Shape::chain:
        return "chain";
    case Shape::independent:
        return "independent";
    case Shape::single:
        return "single";
    case Shape::latency:
        return "latency";
    case Shape::manual:
        return "manual";
    }
    return "unknown";
}

std::string_view name_of(Clock clock) noexcept {
    switch (clock) {
    case Clock::automatic:
        return "automatic";
    case Clock::wall:
        return "wall";
    case Clock::thread_cpu:
        return "thread_cpu";
    case Clock::process_cpu:
        return "process_cpu";
    case Clock::manual:
        return "manual";
    }
    return "unknown";
}

std::string_view name_of(Direction direction) noexcept {
    switch (direction) {
    case Direction::none:
        return "none";
    case Direction::lower:
        return "lower";
    case Direction::higher:
        return "higher";
    }
    return "unknown";
}

Direction direction_named(std::string_view name) noexcept {
    for (const Direction direction : {Direction::lower, Direction::higher}) {
        if (name_of(direction) == name) {
            return direction;
        }
    }
    return Direction::none;
}

std::string_view name_of(Provenance provenance) noexcept {
    switch (provenance) {
    case Provenance::measured:
        return "measured";
    case Provenance::derived:
        return "derived";
    case Provenance::external:
        return "external";
    }
    return "unknown";
}

std::string_view name_of(Aggregate aggregate) noexcept {
    switch (aggregate) {
    case Aggregate::samples:
        return "samples";
    case Aggregate::sum:
        return "sum";
    case Aggregate::max:
        return "max";
    case Aggregate::last:
        return "last";
    case Aggregate::rate:
        return "rate";
    case Aggregate::ratio:
        return "ratio";
    case Aggregate::min:
        return "min";
    case Aggregate::mean:
        return "mean";
    }
    return "unknown";
}

std::string_view name_of(CaseStatus status) noexcept {
    switch (status) {
    case CaseStatus::passed:
        return "passed";
    case CaseStatus::skipped:
        return "skipped";
    case CaseStatus::failed:
        return "failed";
    case CaseStatus::wrong_result:
        return "wrong_result";
    case CaseStatus::timed_out:
        return "timed_out";
    case CaseStatus::crashed:
        return "crashed";
    case CaseStatus::cancelled:
        return "cancelled";
    case CaseStatus::unavailable:
        return "unavailable";
    }
    return "unknown";
}

bool is_breakage(CaseStatus status) noexcept {
    switch (status) {
    case CaseStatus::failed:
    case CaseStatus::wrong_result:
    case CaseStatus::timed_out:
    case CaseStatus::crashed:
        return true;
    case CaseStatus::passed:
    case CaseStatus::skipped:
    case CaseStatus::cancelled:
    case CaseStatus::unavailable:
        break;
    }
    return false;
}

std::optional<CaseStatus> case_status_from(std::string_view name) noexcept {
    constexpr std::array all{CaseStatus::passed,
                             CaseStatus::skipped,
                             CaseStatus::failed,
                             CaseStatus::wrong_result,
                             CaseStatus::timed_out,
                             CaseStatus::crashed,
                             CaseStatus::cancelled,
                             CaseStatus::unavailable};
    for (const CaseStatus status : all) {
        if (name_of(status) == name) {
            return status;
        }
    }
    return std::nullopt;
}

std::string_view name_of(LaunchPhase phase) noexcept {
    switch (phase) {
    case LaunchPhase::load:
        return "load";
    case LaunchPhase::open:
        return "open";
    case LaunchPhase::verify:
        return "verify";
    case LaunchPhase::first_iteration:
        return "first_iteration";
    case LaunchPhase::calibrate:
        return "calibrate";
    case LaunchPhase::warm_up:
        return "warm_up";
    case LaunchPhase::ready:
        return "ready";
    case LaunchPhase::measure:
        return "measure";
    case LaunchPhase::close:
        return "close";
    }
    return "unknown";
}

} // namespace assay::measure
