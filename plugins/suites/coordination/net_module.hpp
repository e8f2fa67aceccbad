// The module net: eight coupled oscillators, which go on by a period of the loop with each
// question.
//
//   NetModule net(0.1, seed);
//   net.answer({.period = 0.1}, {});          // the order r, 0 to 1
//
// See coordination/module.hpp for threads.
#pragma once

#include "coordination/module.hpp"
#include "kuramoto/rk4.hpp"

#include <cstdint>
#include <vector>

namespace assay::coordination_suite {

class NetModule final : public coordination::Module {
public:
    // `period` of the loop, s. `way`: the reference does N^2 sines.
    NetModule(double period, std::uint64_t seed, kuramoto::Way way = kuramoto::Way::fast);

    [[nodiscard]] std::string_view name() const override { return "module_net"; }

    [[nodiscard]] coordination::Stage stage() const override {
        return coordination::Stage::collect;
    }

    [[nodiscard]] double answer(const coordination::Question& question,
                                std::stop_token stop) override;
    void restart() override;

private:
    std::uint64_t steps_; // of a period
    std::vector<double> start_;
    kuramoto::Rk4 solver_;
};

} // namespace assay::coordination_suite
