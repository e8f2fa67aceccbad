#include "embedder.hpp"

namespace assay::retrieval {

Embedding Embedder::embed(std::string_view text) const {
    Embedding made;
    made.vector.resize(dimension());
    made.notes = embed_into(text, made.vector);
    return made;
}

} // namespace assay::retrieval
