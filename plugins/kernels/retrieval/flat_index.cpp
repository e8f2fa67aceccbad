#include "flat_index.hpp"

#include "vector_fault.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace assay::retrieval {

namespace {

constexpr std::size_t kRowsTogether = 256; // their scores stay in the first cache

std::size_t padded(std::size_t dimension) noexcept {
    return (dimension + kRowMultiple - 1) / kRowMultiple * kRowMultiple;
}

} // namespace

FlatIndex::FlatIndex(std::size_t dimension, const ScanLoops& loops, Screening screening)
    : dimension_(dimension)
    , stride_(padded(dimension))
    , loops_(&loops) {
    require_dimension(dimension);
    if (screening == Screening::automatic) {
        screen_.emplace(dimension, loops);
    }
}

void FlatIndex::add(VectorId id, std::span<const float> vector) {
    if (const auto fault = vector_fault(vector, dimension_)) {
        throw std::invalid_argument("vector " + std::to_string(id) + ": " + *fault);
    }
    if (row_of_.contains(id)) {
        throw std::invalid_argument("vector " + std::to_string(id) + " is there already");
    }
    rows_.insert(rows_.end(), vector.begin(), vector.end());
    rows_.resize((ids_.size() + 1) * stride_, 0.0f);
    row_of_.emplace(id, ids_.size());
    ids_.push_back(id);
    if (screen_) {
        screen_->add(vector);
    }
}

bool FlatIndex::erase(VectorId id) {
    const auto at = row_of_.find(id);
    if (at == row_of_.end()) {
        return false;
    }
    const std::size_t row = at->second, last = ids_.size() - 1;
    row_of_.erase(at);
    if (row != last) {
        const auto from = rows_.begin() + static_cast<std::ptrdiff_t>(last * stride_);
        std::copy(from, rows_.end(), rows_.begin() + static_cast<std::ptrdiff_t>(row * stride_));
        ids_[row] = ids_[last];
        row_of_[ids_[row]] = row;
    }
    ids_.pop_back();
    rows_.resize(ids_.size() * stride_);
    if (screen_) {
        screen_->erase(row);
    }
    return true;
}

std::vector<Neighbour> FlatIndex::search(std::span<const float> query, std::size_t k) const {
    require_vector(query, dimension_);
    std::vector<float> wide(stride_, 0.0f);
    std::ranges::copy(query, wide.begin());
    const std::size_t wanted = std::min(k, ids_.size());
    Nearest best(wanted);
    // Where much of all is wanted, nearly all has to be looked at anyway.
    if (screen_ && wanted > 0 && ids_.size() >= loops_->screened_rows &&
        wanted <= ids_.size() / 16) {
        for (const std::size_t row : screen_->candidates(query, wanted)) {
            float score = 0;
            loops_->dots(rows_.data() + row * stride_, 1, stride_, wide.data(), &score);
            best.offer({ids_[row], score});
        }
    } else {
        scan(wide.data(), best);
    }
    return best.take();
}

void FlatIndex::scan(const float* query, Nearest& best) const {
    std::array<float, kRowsTogether> scores;
    for (std::size_t begin = 0; begin < ids_.size(); begin += kRowsTogether) {
        const std::size_t count = std::min(kRowsTogether, ids_.size() - begin);
        loops_->dots(rows_.data() + begin * stride_, count, stride_, query, scores.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (scores[i] >= best.bar()) {
                best.offer({ids_[begin + i], scores[i]});
            }
        }
    }
}

std::span<const float> FlatIndex::vector_of(VectorId id) const noexcept {
    const auto at = row_of_.find(id);
    if (at == row_of_.end()) {
        return {};
    }
    return {rows_.data() + at->second * stride_, dimension_};
}

} // namespace assay::retrieval
