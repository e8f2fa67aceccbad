// The emergency check: how alarming it is that the modules are out of phase, or that the last
// action was blocked. Answers 1 in an emergency, else 0.
//
//   AlertModule alert({.net = 0, .policy = 1});
//
// See coordination/module.hpp for threads.
#pragma once

#include "coordination/module.hpp"

#include <cstddef>

namespace assay::coordination_suite {

// Where they stand on the board.
struct AlertSources {
    std::size_t net = 0, policy = 0;
};

class AlertModule final : public coordination::Module {
public:
    explicit AlertModule(AlertSources sources) noexcept
        : sources_(sources) {}

    [[nodiscard]] std::string_view name() const override { return "alert_ladder"; }

    [[nodiscard]] coordination::Stage stage() const override {
        return coordination::Stage::emergency;
    }

    [[nodiscard]] double answer(const coordination::Question& question,
                                std::stop_token stop) override;

    void restart() override {}

private:
    AlertSources sources_;
};

} // namespace assay::coordination_suite
