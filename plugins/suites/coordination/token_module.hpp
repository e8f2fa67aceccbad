// Semantic tokens: sixteen tokens of text with each question, through all stages, upon fields that
// remember the earlier ones.
//
//   TokenModule tokens(seed);
//   tokens.answer({.cycle = 1}, {});       // mean size of the rows that came out
//
// A small model (width 128): with the replaced system's 512 a sequence would not be done within a
// period of a millisecond. See coordination/module.hpp for threads.
#pragma once

#include "coordination/module.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "semantic_tokens/token_processor.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace assay::coordination_suite {

enum class TokenWay { naive, fast };

class TokenModule final : public coordination::Module {
public:
    explicit TokenModule(std::uint64_t seed, TokenWay way = TokenWay::fast);

    [[nodiscard]] std::string_view name() const override { return "semantic_tokens"; }

    [[nodiscard]] coordination::Stage stage() const override {
        return coordination::Stage::collect;
    }

    [[nodiscard]] double answer(const coordination::Question& question,
                                std::stop_token stop) override;
    void restart() override;

private:
    std::vector<std::string> texts_; // asked in turns
    semantic_tokens::TokenModel<double> model_;
    std::variant<semantic_tokens::TokenProcessor<double>, semantic_tokens::NaiveProcessor<double>>
        processor_;
};

} // namespace assay::coordination_suite
