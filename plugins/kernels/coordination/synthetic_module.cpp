#include "coordination/synthetic_module.hpp"

#include "coordination/loop_clock.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace assay::coordination {
namespace {

void sleep_until_told(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any told;
    std::unique_lock lock(mutex);
    told.wait(lock, stop, [] { return false; });
}

} // namespace

SyntheticModule::SyntheticModule(SyntheticShape shape)
    : shape_(std::move(shape)) {}

double SyntheticModule::answer(const Question& question, std::stop_token stop) {
    ++asked_;
    if (shape_.never_answers) {
        sleep_until_told(stop);
    }
    MonotonicClock clock;
    const Time end = clock.now() + time_of(shape_.service);
    while (clock.now() < end && !stop.stop_requested()) {
    }
    return static_cast<double>(question.cycle);
}

} // namespace assay::coordination
