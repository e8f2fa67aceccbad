// Questions, repeats and paraphrases: how many of each are asked, and that what is said of each is
// true.
#include "question_stream.hpp"
#include "semantic_tokens/token_filter.hpp"
#include "text_answers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace question_stream_test {

using namespace assay::semantic_tokens_suite;

namespace {

constexpr std::size_t kBefore = 50, kAsked = 1000;

QuestionStream stream_of(const StreamRates& rates, std::uint64_t seed = 3) {
    QuestionStream stream(seed, rates, kBefore);
    stream.extend_to(kAsked);
    return stream;
}

double share(const QuestionStream& stream, AskedAs as) {
    return double(std::ranges::count(stream.asked(), as, &Asked::as)) / double(kAsked);
}

} // namespace

TEST_CASE("a stream has the asked shares of repeats and paraphrases") {
    const QuestionStream stream = stream_of({.repeats = 0.4, .paraphrases = 0.25});
    CHECK(share(stream, AskedAs::repeat) == doctest::Approx(0.4).epsilon(0.1));
    CHECK(share(stream, AskedAs::paraphrase) == doctest::Approx(0.25).epsilon(0.15));
    CHECK(share(stream_of({}), AskedAs::fresh) == 1);
    CHECK(share(stream_of({.repeats = 1}), AskedAs::repeat) == 1);
}

TEST_CASE("a repeat has the very words of an earlier text and nothing else has") {
    const QuestionStream stream = stream_of({.repeats = 0.3, .paraphrases = 0.3});
    std::map<std::string, std::uint64_t> question_of_text;
    std::set<std::uint64_t> questions;
    for (const Asked& asked : stream.before()) {
        CHECK(asked.as == AskedAs::fresh);
        question_of_text[asked.text] = asked.question;
        questions.insert(asked.question);
    }
    for (const Asked& asked : stream.asked()) {
        CAPTURE(asked.text);
        REQUIRE(question_of_text.contains(asked.text) == (asked.as == AskedAs::repeat));
        REQUIRE(questions.contains(asked.question) == (asked.as != AskedAs::fresh));
        if (asked.as == AskedAs::repeat) {
            REQUIRE(question_of_text.at(asked.text) == asked.question);
        }
        question_of_text[asked.text] = asked.question;
        questions.insert(asked.question);
    }
}

TEST_CASE("a question whose paraphrases were all asked is repeated") {
    const QuestionStream stream = stream_of({.paraphrases = 1});
    CHECK(share(stream, AskedAs::paraphrase) == double(kBefore) / double(kAsked));
    CHECK(share(stream, AskedAs::repeat) == 1 - double(kBefore) / double(kAsked));
}

TEST_CASE("a stream of nothing begins with a question that is new") {
    QuestionStream stream(1, {.repeats = 1}, 0);
    stream.extend_to(3);
    CHECK(stream.asked()[0].as == AskedAs::fresh);
    CHECK(stream.asked()[2].text == stream.asked()[0].text);
}

TEST_CASE("a longer stream begins with the shorter one and another seed asks other things") {
    const QuestionStream whole = stream_of({.repeats = 0.3, .paraphrases = 0.3});
    QuestionStream grown(3, {.repeats = 0.3, .paraphrases = 0.3}, kBefore);
    grown.extend_to(20);
    grown.extend_to(kAsked);
    CHECK(std::ranges::equal(grown.asked(), whole.asked(), {}, &Asked::text, &Asked::text));
    const QuestionStream other = stream_of({.repeats = 0.3, .paraphrases = 0.3}, 4);
    CHECK(other.asked()[0].text != whole.asked()[0].text);
}

TEST_CASE("tokens of a text are those that the filter finds") {
    assay::semantic_tokens::TokenFilter filter(50'000);
    const QuestionStream stream = stream_of({.paraphrases = 0.5});
    for (const Asked& asked : stream.asked()) {
        REQUIRE(asked.tokens() == filter.scan(asked.text).tokens.size());
    }
}

TEST_CASE("the answer to a text depends on its words alone and names its question") {
    TextAnswers answers(7);
    const std::string first = answers.answer("how do i repair the old violin", 5);
    CHECK(question_of(first) == 5);
    CHECK(first.size() == 8 + 512 * 8);
    CHECK(magnitude_of(first) > 0.01);
    const std::string other = answers.answer("how do i repair the old oven", 5);
    CHECK(other != first);
    CHECK(answers.answer("how do i repair the old violin", 5) == first);
    QuestionStream stream(7, {}, 4);
    answers.learn(stream.before());
    CHECK(answers.answer("how do i repair the old violin", 5) == first);
}

} // namespace question_stream_test
