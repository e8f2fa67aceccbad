// The cache lookup: a text is embedded and looked for among 256 that were stored, in turns one with
// the words of a stored text in another order, and one that nobody stored.
//
//   CacheModule cache(seed);
//   cache.answer({.cycle = 2}, {});       // 1 + the place of the text that it found; 0: a miss
//
// See coordination/module.hpp for threads.
#pragma once

#include "caching/semantic_store.hpp"
#include "coordination/module.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::coordination_suite {

enum class LookupWay { every_vector, store };

class CacheModule final : public coordination::Module {
public:
    explicit CacheModule(std::uint64_t seed, LookupWay way = LookupWay::store);

    [[nodiscard]] std::string_view name() const override { return "cache_lookup"; }

    [[nodiscard]] coordination::Stage stage() const override {
        return coordination::Stage::collect;
    }

    [[nodiscard]] double answer(const coordination::Question& question,
                                std::stop_token stop) override;

    void restart() override {} // a lookup leaves all entries where they are

private:
    [[nodiscard]] double looked_up(const std::string& text);
    [[nodiscard]] double compared_with_all(const std::string& text) const;

    LookupWay way_;
    std::vector<std::string> stored_, asked_;
    caching::SemanticStore store_;
};

} // namespace assay::coordination_suite
