#include "made_pairs.hpp"

#include "random_source/random_source.hpp"

#include <array>
#include <string_view>

namespace assay::caching {

namespace {

using Text = std::string_view;
using Same = std::array<Text, 3>; // ways to say one thing

constexpr std::array<Same, 5> kOpenings{{
    {"how do i", "how can i", "what is the way to"},
    {"please tell me how to", "can you explain how to", "i want to know how to"},
    {"is it possible to", "am i able to", "can i"},
    {"why should i", "what is the reason to", "for what purpose would i"},
    {"when is it time to", "when should i", "at what point do i"},
}};

constexpr std::array<Same, 12> kVerbs{{
    {"delete", "remove", "erase"},
    {"create", "make", "set up"},
    {"repair", "fix", "mend"},
    {"move", "transfer", "carry"},
    {"change", "modify", "alter"},
    {"buy", "purchase", "get"},
    {"send", "ship", "deliver"},
    {"clean", "wash", "wipe"},
    {"measure", "gauge", "determine the size of"},
    {"paint", "colour", "coat"},
    {"compare", "contrast", "tell the differences of"},
    {"store", "keep", "save"},
}};

constexpr std::array<Text, 10> kQualities{"large",
                                          "old",
                                          "wooden",
                                          "shared",
                                          "heavy",
                                          "broken",
                                          "foreign",
                                          "yearly",
                                          "electric",
                                          "empty"};

constexpr std::array<Text, 24> kThings{
    "backup",  "bicycle", "invoice",  "garden fence",  "password", "photograph",
    "engine",  "letter",  "contract", "kitchen table", "database", "window",
    "battery", "ticket",  "violin",   "tax return",    "printer",  "blanket",
    "parcel",  "recipe",  "camera",   "passport",      "oven",     "calendar"};

constexpr std::array<Text, 16> kPlaces{"on the server",
                                       "in the cellar",
                                       "at the airport",
                                       "in another country",
                                       "at the post office",
                                       "on a telephone",
                                       "in the morning",
                                       "before winter",
                                       "at school",
                                       "near the harbour",
                                       "during the holidays",
                                       "in a small flat",
                                       "without tools",
                                       "for a friend",
                                       "under guarantee",
                                       "after the update"};

template <std::size_t N>
const auto& drawn(const std::array<Text, N>& from, RandomSource& random) {
    return from[random.below(N)];
}

TextPair made_pair(RandomSource& random) {
    const Same& opening = kOpenings[random.below(kOpenings.size())];
    const Same& verb = kVerbs[random.below(kVerbs.size())];
    const std::string quality(drawn(kQualities, random)), thing(drawn(kThings, random)),
        place(drawn(kPlaces, random));
    const auto asked = [&](bool with_quality, bool place_first) {
        const std::string said = std::string(opening[random.below(3)]) + " " +
                                 std::string(verb[random.below(3)]) + " the " +
                                 (with_quality ? quality + " " : "") + thing;
        return place_first ? place + " " + said : said + " " + place;
    };
    TextPair pair;
    pair.origin = asked(true, false);
    const bool keeps_quality = random.unit() < 0.7;
    pair.similar = asked(keeps_quality, random.unit() < 0.3);
    return pair;
}

} // namespace

std::vector<TextPair> made_pairs(std::size_t count, std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<TextPair> pairs;
    for (std::size_t i = 0; i < count; ++i) {
        pairs.push_back(made_pair(random));
    }
    return pairs;
}

} // namespace assay::caching
