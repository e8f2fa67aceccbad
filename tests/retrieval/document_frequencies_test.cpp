#include "retrieval/document_frequencies.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace document_frequencies_test {

using assay::retrieval::DocumentFrequencies;

TEST_CASE("the weight of a word is ln(1 + N/df), each text counted once") {
    const std::vector<std::string> texts{"the cat the cat", "the dog", "the", "bird"};
    const auto made = DocumentFrequencies::of(texts);
    CHECK(made.texts() == 4);
    CHECK(made.idf("the") == doctest::Approx(std::log(1 + 4.0 / 3)).epsilon(1e-12));
    CHECK(made.idf("cat") == doctest::Approx(std::log(5.0)).epsilon(1e-12));
    CHECK(made.idf("unseen") == made.idf("cat")); // as if one text had it
}

TEST_CASE("the digest is of the corpus, whatever the order of its texts") {
    const std::vector<std::string> one{"a b", "b c"}, turned{"b c", "b a"}, other{"a b", "c"};
    CHECK(DocumentFrequencies::of(one).digest() == DocumentFrequencies::of(turned).digest());
    CHECK(DocumentFrequencies::of(one).digest() != DocumentFrequencies::of(other).digest());
    CHECK(DocumentFrequencies::of(one).digest() != DocumentFrequencies::of({}).digest());
}

} // namespace document_frequencies_test
