// Modules that do nothing but take time, or never answer: for tests of loops and crews.
//
//   modules.push_back(std::make_unique<SyntheticModule>(
//       SyntheticShape{.name = "slow", .stage = Stage::collect, .service = 0.002}));
//
// Service is spent computing, as real work is. See module.hpp for threads.
#pragma once

#include "coordination/module.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace assay::coordination {

struct SyntheticShape {
    std::string name;
    Stage stage = Stage::collect;
    double service = 0;         // s
    bool never_answers = false; // until it is told to stop
};

class SyntheticModule final : public Module {
public:
    explicit SyntheticModule(SyntheticShape shape);

    [[nodiscard]] std::string_view name() const override { return shape_.name; }

    [[nodiscard]] Stage stage() const override { return shape_.stage; }

    // The number of the cycle.
    [[nodiscard]] double answer(const Question& question, std::stop_token stop) override;

    void restart() override { asked_ = 0; }

    // Questions since it began.
    [[nodiscard]] std::uint64_t asked() const noexcept { return asked_; }

private:
    SyntheticShape shape_;
    std::atomic<std::uint64_t> asked_{0};
};

} // namespace assay::coordination
