#include "hnsw_index.hpp"

#include "scan_loops.hpp"
#include "vector_fault.hpp"

// The library's own distances are not used: its functions know one level, that of this file.
#include <algorithm>
#include <hnswlib/hnswlib.h>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace assay::retrieval {

namespace {

constexpr std::size_t kFirstCapacity = 1024;

struct Dot {
    float (*of)(const float*, const float*, std::size_t);
    std::size_t dimension;
};

float distance(const void* one, const void* other, const void* with) {
    const Dot& dot = *static_cast<const Dot*>(with);
    return 1 -
           dot.of(static_cast<const float*>(one), static_cast<const float*>(other), dot.dimension);
}

class DotSpace final : public hnswlib::SpaceInterface<float> {
public:
    explicit DotSpace(std::size_t dimension)
        : dot_{scan_loops().dot, dimension} {}

    std::size_t get_data_size() override { return dot_.dimension * sizeof(float); }

    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }

    void* get_dist_func_param() override { return &dot_; }

private:
    Dot dot_;
};

class HnswIndex final : public VectorIndex {
public:
    HnswIndex(std::size_t dimension, const GraphOptions& options)
        : space_(dimension)
        , dimension_(dimension)
        , options_(options) {
        graph_ = empty_graph(kFirstCapacity);
    }

    [[nodiscard]] std::size_t dimension() const noexcept override { return dimension_; }

    [[nodiscard]] std::size_t size() const noexcept override { return place_of_.size(); }

    void add(VectorId id, std::span<const float> vector) override;
    bool erase(VectorId id) override;
    [[nodiscard]] std::vector<Neighbour> search(std::span<const float> query,
                                                std::size_t k) const override;
    [[nodiscard]] std::span<const float> vector_of(VectorId id) const noexcept override;

    [[nodiscard]] GraphState state() const noexcept {
        return {places_.size(), places_.size() - size(), rebuilt_};
    }

private:
    using Graph = hnswlib::HierarchicalNSW<float>;

    struct Place {
        VectorId id;
        bool is_marked;
    };

    [[nodiscard]] std::unique_ptr<Graph> empty_graph(std::size_t capacity) {
        auto graph = std::make_unique<Graph>(
            &space_, capacity, options_.links, options_.ef_construction, options_.seed);
        graph->setEf(options_.ef_search);
        return graph;
    }

    void rebuild();
    [[nodiscard]] const float* vector_at(std::size_t place) const noexcept;
    [[nodiscard]] std::vector<Neighbour> scan(std::span<const float> query, std::size_t k) const;

    DotSpace space_;
    std::size_t dimension_;
    GraphOptions options_;
    std::unique_ptr<Graph> graph_;
    std::vector<Place> places_; // a vector's label in the graph is its number here
    std::unordered_map<VectorId, std::size_t> place_of_;
    std::size_t rebuilt_ = 0;
};

void HnswIndex::add(VectorId id, std::span<const float> vector) {
    if (const auto fault = vector_fault(vector, dimension_)) {
        throw std::invalid_argument("vector " + std::to_string(id) + ": " + *fault);
    }
    if (place_of_.contains(id)) {
        throw std::invalid_argument("vector " + std::to_string(id) + " is there already");
    }
    if (places_.size() == graph_->max_elements_) {
        graph_->resizeIndex(2 * places_.size());
    }
    graph_->addPoint(vector.data(), places_.size());
    place_of_.emplace(id, places_.size());
    places_.push_back({id, false});
}

bool HnswIndex::erase(VectorId id) {
    const auto at = place_of_.find(id);
    if (at == place_of_.end()) {
        return false;
    }
    places_[at->second].is_marked = true;
    place_of_.erase(at);
    const std::size_t marked = places_.size() - size();
    if (static_cast<double>(marked) > kMarkedShareMax * static_cast<double>(places_.size())) {
        rebuild();
    }
    return true;
}

// In the order in which they came, so that the same history gives the same graph.
void HnswIndex::rebuild() {
    std::size_t capacity = kFirstCapacity;
    while (capacity < size()) {
        capacity *= 2;
    }
    auto graph = empty_graph(capacity);
    std::vector<Place> places;
    places.reserve(size());
    for (std::size_t place = 0; place < places_.size(); ++place) {
        if (!places_[place].is_marked) {
            graph->addPoint(vector_at(place), places.size());
            place_of_[places_[place].id] = places.size();
            places.push_back(places_[place]);
        }
    }
    graph_ = std::move(graph);
    places_ = std::move(places);
    ++rebuilt_;
}

// One thread adds, so that the library numbers vectors as it is given them.
const float* HnswIndex::vector_at(std::size_t place) const noexcept {
    return reinterpret_cast<const float*>(
        graph_->getDataByInternalId(static_cast<hnswlib::tableint>(place)));
}

std::vector<Neighbour> HnswIndex::search(std::span<const float> query, std::size_t k) const {
    require_vector(query, dimension_);
    const std::size_t wanted = std::min(k, size());
    if (wanted == 0) {
        return {};
    }
    const std::size_t marked = places_.size() - size();
    // Half as many again as marks are to be expected among the nearest; all, if that is too few.
    const std::size_t asked =
        std::min(places_.size(), marked == 0 ? wanted : wanted + (wanted + 1) / 2 + 8);
    Nearest best(wanted);
    std::size_t found = 0;
    for (auto queue = graph_->searchKnn(query.data(), asked); !queue.empty(); queue.pop()) {
        const Place& place = places_[queue.top().second];
        if (!place.is_marked) {
            best.offer({place.id, 1 - queue.top().first});
            ++found;
        }
    }
    return found >= wanted ? best.take() : scan(query, wanted);
}

std::vector<Neighbour> HnswIndex::scan(std::span<const float> query, std::size_t k) const {
    Nearest best(k);
    for (std::size_t place = 0; place < places_.size(); ++place) {
        if (!places_[place].is_marked) {
            best.offer(
                {places_[place].id, scan_loops().dot(query.data(), vector_at(place), dimension_)});
        }
    }
    return best.take();
}

std::span<const float> HnswIndex::vector_of(VectorId id) const noexcept {
    const auto at = place_of_.find(id);
    return at == place_of_.end() ? std::span<const float>{}
                                 : std::span(vector_at(at->second), dimension_);
}

} // namespace

bool hnsw_is_available() noexcept {
    return true;
}

std::unique_ptr<VectorIndex> make_hnsw_index(std::size_t dimension, const GraphOptions& options) {
    require_dimension(dimension);
    return std::make_unique<HnswIndex>(dimension, options);
}

GraphState graph_state(const VectorIndex& index) noexcept {
    const auto* const graph = dynamic_cast<const HnswIndex*>(&index);
    return graph == nullptr ? GraphState{} : graph->state();
}

} // namespace assay::retrieval
