#include "told_embedder.hpp"

#include <algorithm>

namespace caching_test {

namespace {

class ToldEmbedder final : public assay::retrieval::Embedder {
public:
    ToldEmbedder(Told vectors, std::string name)
        : vectors_(std::move(vectors))
        , name_(std::move(name)) {}

    [[nodiscard]] const std::string& name() const noexcept override { return name_; }

    [[nodiscard]] std::size_t dimension() const noexcept override {
        return vectors_.begin()->second.size();
    }

    assay::retrieval::TextNotes embed_into(std::string_view text,
                                           std::span<float> out) const override {
        const auto at = vectors_.find(text);
        if (at == vectors_.end()) {
            std::ranges::fill(out, 0.0f);
            return {.is_zero = true};
        }
        std::ranges::copy(at->second, out.begin());
        return {};
    }

private:
    Told vectors_;
    std::string name_;
};

} // namespace

std::shared_ptr<const assay::retrieval::Embedder> told_embedder(Told vectors, std::string name) {
    return std::make_shared<const ToldEmbedder>(std::move(vectors), std::move(name));
}

} // namespace caching_test
