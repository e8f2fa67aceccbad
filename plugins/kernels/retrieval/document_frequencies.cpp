#include "document_frequencies.hpp"

#include "text_hash.hpp"
#include "words.hpp"

#include <cmath>
#include <set>

namespace assay::retrieval {

DocumentFrequencies DocumentFrequencies::of(std::span<const std::string> texts) {
    DocumentFrequencies made;
    made.texts_ = texts.size();
    for (const std::string& text : texts) {
        const Words found = words_of(text);
        for (const std::string& word : std::set(found.words.begin(), found.words.end())) {
            ++made.counts_[word];
        }
    }
    made.digest_ = texts.size();
    for (const auto& [word, count] : made.counts_) {
        made.digest_ += hash_of(word) * (2 * std::uint64_t{count} + 1);
    }
    return made;
}

double DocumentFrequencies::idf(const std::string& word) const {
    const auto at = counts_.find(word);
    const double count = at == counts_.end() ? 1 : at->second;
    return std::log(1 + static_cast<double>(texts_) / count);
}

} // namespace assay::retrieval
