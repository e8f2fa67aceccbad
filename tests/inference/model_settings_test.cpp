#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace model_settings_test {

using namespace suite_test;

namespace {

// Two factors of 2 and 3 states; a modality that sees both, one that sees the second.
const std::string kA0 =
    "[[[0.9,0.5,0.2],[0.3,0.4,0.6]],[[0.1,0.5,0.8],[0.7,0.6,0.4]]]";     // [2, 2, 3]
const std::string kA1 = "[[1,0,0],[0,0.5,1],[0,0.5,0]]";                 // [3, 3]
const std::string kB0 = "[[[0.9,0.1],[0.2,0.7]],[[0.1,0.9],[0.8,0.3]]]"; // [2, 2, 2]
const std::string kB1 = "[[[1],[0],[0]],[[0],[1],[0]],[[0],[0],[1]]]";   // [3, 3, 1]

std::string config(const std::string& model_members, const std::string& more = "") {
    return R"({"model":{"states":[2,3],)" + model_members + "}" + more + "}";
}

std::string valid(const std::string& more = "") {
    return config("\"A\":[" + kA0 + "," + kA1 + R"(],"A_factors":[[0,1],[1]],"B":[)" + kB0 + "," +
                      kB1 + "]",
                  more);
}

std::string refusal(const std::string& text) {
    const PluginSession session(text);
    CHECK(session.status() == ASSAY_E_CONFIG);
    return session.text();
}

std::string given(const PluginSession& session) {
    return text_of(session.family("fpi").axes[0]->values[0].u.str);
}

} // namespace

TEST_CASE("without a model in the settings models are generated") {
    const PluginSession session;
    CHECK(text_of(session.family("fpi").axes[0]->name) == "model");
    CHECK(session.family("fpi").axes[0]->n_values == 7);
}

TEST_CASE("a model in the settings takes the place of the generated ones in every family") {
    PluginSession session(valid());
    REQUIRE(session.status() == ASSAY_OK);
    for (const char* family : {"fpi", "mmp", "vmp", "efe", "learning", "sophisticated"}) {
        CAPTURE(family);
        CHECK(session.family(family).axes[0]->n_values == 1);
        auto opened = session.open(family, {});
        CAPTURE(opened->text());
        REQUIRE(opened->status() == ASSAY_OK);
        const assay_status verified = opened->verify();
        CAPTURE(opened->text());
        CHECK(verified == ASSAY_OK);
        CHECK(opened->batch({.iterations = 5}).done == 5);
    }
    CHECK(session.open("bp", {})->status() == ASSAY_OK);
}

TEST_CASE("the name of a given model follows its content") {
    std::set<std::string> names;
    names.insert(given(PluginSession(valid())));
    names.insert(given(PluginSession(valid(R"(,"observations":[[0,1]])"))));
    names.insert(given(PluginSession(config("\"A\":[" + kA0 + "]"))));
    CHECK(names.size() == 3);
    names.insert(given(PluginSession(valid())));
    CHECK(names.size() == 3);
    CHECK(names.begin()->starts_with("given_"));
}

TEST_CASE("what was observed decides what is believed") {
    const auto free_energy = [](const std::string& observations) {
        PluginSession session(valid(",\"observations\":" + observations));
        CAPTURE(session.text());
        REQUIRE(session.status() == ASSAY_OK);
        auto opened = session.open("fpi", {});
        REQUIRE(opened->verify() == ASSAY_OK);
        return opened->metrics().at("free_energy").back();
    };
    const double first = free_energy("[[0,0]]"), second = free_energy("[[1,2]]");
    CHECK(first != doctest::Approx(second));
    CHECK(free_energy("[[0,0],[1,2]]") == doctest::Approx((first + second) / 2));
    CHECK(free_energy("[[[1,0],[1.0,0,0]]]") == doctest::Approx(first));
}

TEST_CASE("counts in the settings are what learning starts from") {
    PluginSession plain(valid());
    const std::string counts =
        R"(,"counts":{"pA":[[[[9,5,2],[3,4,6]],[[1,5,8],[7,6,4]]],[[1,0,0],[0,2,4],[0,2,0]]]})";
    PluginSession counted(valid(counts));
    REQUIRE_MESSAGE(counted.status() == ASSAY_OK, counted.text());
    auto opened = counted.open("learning", {{"tensor", "A"}});
    REQUIRE(opened->verify() == ASSAY_OK);
    CHECK(opened->batch({.iterations = 3}).checksum !=
          plain.open("learning", {{"tensor", "A"}})->batch({.iterations = 3}).checksum);
}

TEST_CASE("columns that do not sum to 1 are refused with their place") {
    const std::string off = "[[[0.9,0.5,0.2],[0.3,0.9,0.6]],[[0.1,0.5,0.8],[0.7,0.6,0.4]]]";
    CHECK(refusal(config("\"A\":[" + off + "]"))
              .starts_with("model.A[0][:, 1, 1] sums to 1.5, expected 1"));
    CHECK(refusal(config(R"("D":[[0.5,0.4],[1,0,0]])")).starts_with("model.D[0][:] sums to 0.9"));
    CHECK(refusal(config("\"B\":[[[[1,1],[0,1]],[[0,0],[1,1]]]," + kB1 + "]"))
              .starts_with("model.B[0][:, 1, 1] sums to 2, expected 1"));
}

TEST_CASE("wrong shapes and lengths are refused with their place") {
    CHECK(refusal(config("\"A\":[" + kA1 + "]")).starts_with("model.A[0]"));
    CHECK(refusal(config("\"B\":[" + kB0 + "]")).find("model.B") == 0);
    CHECK(refusal(config(R"("A":[[[1,0],[0]]])")).starts_with("model.A[0]"));
    CHECK(refusal(config(R"("D":[[1,0]])")).starts_with("model.D"));
    CHECK(refusal(R"({"model":{"states":[2,0]}})").starts_with("model.states"));
    CHECK(refusal(R"({"model":{"states":[]}})").starts_with("model.states"));
}

TEST_CASE("negative numbers and what is no number are refused with their place") {
    const std::string negative = "[[[1.1,0.5,0.2],[0.3,0.4,0.6]],[[-0.1,0.5,0.8],[0.7,0.6,0.4]]]";
    CHECK(refusal(config("\"A\":[" + negative + "]")).starts_with("model.A[0][1, 0, 0] is -0.1"));
    for (const char* entry : {"null", "\"NaN\"", "true", "1e999"}) {
        CAPTURE(entry);
        const std::string text = refusal(config("\"D\":[[" + std::string(entry) + ",1],[1,0,0]]"));
        CAPTURE(text);
        CHECK(text.starts_with("model.D[0]"));
    }
}

TEST_CASE("unknown factors are refused with the list that names them") {
    CHECK(refusal(config("\"A\":[" + kA1 + R"(],"A_factors":[[2]])"))
              .starts_with("model.A_factors[0]"));
    CHECK(refusal(config("\"B\":[" + kB0 + "," + kB1 + R"(],"B_factors":[[0],[5]])"))
              .starts_with("model.B_factors[1]"));
    CHECK(refusal(config("\"A\":[" + kA1 + R"(],"A_factors":[[1],[0]])"))
              .starts_with("model.A_factors"));
    CHECK(refusal(config("\"A\":[" + kA1 + R"(],"A_factors":[[-1]])"))
              .starts_with("model.A_factors[0]"));
}

TEST_CASE("a modality without outcomes is refused") {
    CHECK(refusal(config(R"("A":[[]])")).starts_with("model.A[0] has no entry"));
    CHECK(refusal(config(R"("A":[{"shape":[0,2,3],"data":[]}])")).starts_with("model.A[0]"));
}

TEST_CASE("observations that are none of the model are refused with their place") {
    const auto text = [](const std::string& list) {
        return refusal(valid(",\"observations\":" + list));
    };
    CHECK(text("[[0,0],[0,3]]") == "observations[1][1] is 3, expected an outcome below 3");
    CHECK(text("[[0,-1]]") == "observations[0][1] is -1, expected an outcome from 0 on");
    CHECK(text("[[0]]").starts_with("observations[0] has 1 entries, expected one for each of 2"));
    CHECK(text("[[0,1.5]]").starts_with("observations[0][1] is 1.5, expected the number of an "));
    CHECK(text("[[0,\"x\"]]").starts_with("observations[0][1] is \"x\", expected the number of "));
    CHECK(text("[[[0.5,0.4],0]]").starts_with("observations[0][0] sums to 0.9"));
    CHECK(text("[[[0.5,0.6,-0.1],0]]").starts_with("observations[0][0] has 3 entries"));
    CHECK(text("[[[1.5,-0.5],0]]").starts_with("observations[0][0][1] is -0.5"));
}

TEST_CASE("counts that do not fit the model are refused with their place") {
    const auto text = [](const std::string& counts) {
        return refusal(valid(",\"counts\":" + counts));
    };
    CHECK(text(R"({"pA":[[[1,2],[3,4]]]})").starts_with("counts.pA"));
    CHECK(
        text(
            R"({"pB":[[[[1,1],[1,1]],[[1,1],[1,-1]]],[[[1],[1],[1]],[[1],[1],[1]],[[1],[1],[1]]]]})")
            .starts_with("counts.pB[0][1, 1, 1]: -1 is no count"));
    CHECK(text(R"({"pA":[["x"]]})").starts_with("counts.pA[0][0] is"));
}

TEST_CASE("observations or counts without a model are refused") {
    CHECK(refusal(R"({"observations":[[0]]})") ==
          "observations without a model, expected the setting 'model' too");
    CHECK(refusal(R"({"counts":{}})") ==
          "counts without a model, expected the setting 'model' too");
}

TEST_CASE("what a family cannot do with a given model is skipped with the reason") {
    // The second factor depends on both: no plain message passing.
    PluginSession coupled(
        R"({"model":{"states":[2,2],"A":[[[[1,1],[0,0]],[[0,0],[1,1]]]],"B":[[[[1],[0]],[[0],[1]]],)"
        R"([[[[1],[0]],[[0],[1]]],[[[0],[1]],[[1],[0]]]]],"B_factors":[[0],[1,0]]}})");
    REQUIRE_MESSAGE(coupled.status() == ASSAY_OK, coupled.text());
    CHECK(coupled.open("mmp", {{"form", "plain"}})->status() == ASSAY_SKIP);
    CHECK(coupled.open("mmp", {{"form", "factorised"}})->status() == ASSAY_OK);
    PluginSession blind(R"({"model":{"states":[2]}})"); // no modality
    REQUIRE(blind.status() == ASSAY_OK);
    CHECK(blind.open("mmp", {})->status() == ASSAY_SKIP);
    CHECK(blind.open("learning", {{"tensor", "A"}})->status() == ASSAY_SKIP);
    auto fpi = blind.open("fpi", {});
    REQUIRE(fpi->status() == ASSAY_OK);
    CHECK(fpi->verify() == ASSAY_OK); // the belief is the prior
}

TEST_CASE("a deterministic model passes, also with what it holds impossible") {
    for (const char* more :
         {"", R"(,"D":[[1,0]])", R"(,"B":[[[[1],[0]],[[0],[1]]]],"D":[[1,0]])"}) {
        for (const char* observed : {"", R"(,"observations":[[1],[0],[1]])"}) {
            CAPTURE(more);
            CAPTURE(observed);
            PluginSession session(R"({"model":{"states":[2],"A":[[[1,0],[0,1]]])" +
                                  std::string(more) + "}" + observed + "}");
            REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
            for (const char* family : {"fpi", "mmp", "vmp", "efe", "agent_step", "sophisticated"}) {
                CAPTURE(family);
                auto opened = session.open(family, {});
                REQUIRE(opened->status() == ASSAY_OK);
                const assay_status verified = opened->verify();
                CHECK_MESSAGE(verified == ASSAY_OK, opened->text());
            }
        }
    }
}

TEST_CASE("forty modalities are verified in a moment, and what cannot take them is skipped") {
    std::string modalities;
    for (int m = 0; m < 40; ++m) {
        modalities += std::string(m == 0 ? "" : ",") + "[[0.7,0.2,0.4],[0.3,0.8,0.6]]";
    }
    PluginSession session(R"({"model":{"states":[3],"A":[)" + modalities + "]}}");
    REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
    auto search = session.open("sophisticated", {});
    REQUIRE(search->status() == ASSAY_OK);
    const assay_status verified = search->verify();
    CHECK_MESSAGE(verified == ASSAY_OK, search->text());
    auto caching = session.open("agent_step", {{"caches", "all"}});
    CHECK(caching->status() == ASSAY_SKIP);
    CHECK(caching->text().find("at most 12 modalities, this one has 40") != std::string::npos);
    auto plain = session.open("agent_step", {{"caches", "off"}});
    CHECK_MESSAGE(plain->status() == ASSAY_OK, plain->text());
}

TEST_CASE(
    "preferences and priors of policies that do not fit the model are refused with their place") {
    CHECK(refusal(config("\"A\":[" + kA1 + R"(],"A_factors":[[1]],"C":[[0,1]])"))
              .starts_with("model.C[0]"));
    const std::string b = "\"B\":[" + kB0 + "," + kB1 + "]";
    CHECK(refusal(config(b + R"(,"E":[0.25,0.25,0.5])")) ==
          "model.E: has 3 entries, expected one for each of 2 policies of one step, or as many as "
          "there are of more steps");
    PluginSession two_steps(config(b + R"(,"E":[0.25,0.25,0.25,0.25])"));
    CHECK_MESSAGE(two_steps.status() == ASSAY_OK, two_steps.text());
    CHECK(refusal(config(b + R"(,"E":[0.25,0.25])")).starts_with("model.E"));
    PluginSession prior(config(b + R"(,"E":[0.25,0.75])"));
    REQUIRE_MESSAGE(prior.status() == ASSAY_OK, prior.text());
    CHECK(prior.open("sophisticated", {})->status() == ASSAY_OK);
}

TEST_CASE("more policies than anyone waits for are refused when the suite is made") {
    std::string states, transitions; // 11 factors of one state and 4 actions
    for (int factor = 0; factor < 11; ++factor) {
        states += factor == 0 ? "1" : ",1";
        transitions += std::string(factor == 0 ? "" : ",") + "[[[1,1,1,1]]]";
    }
    CHECK(refusal(R"({"model":{"states":[)" + states + R"(],"B":[)" + transitions + "]}}")
              .starts_with("model.B: policies: 4194304 policies of 1 steps"));
}

TEST_CASE("other sizes of models and graphs are asked for in the settings") {
    PluginSession session(R"({"models":["3x2","ring3x4"],"graphs":["grid2x3_4"]})");
    REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
    CHECK(session.family("vmp").axes[0]->n_values == 2);
    CHECK(text_of(session.family("fpi").axes[0]->values[1].u.str) == "ring3x4");
    CHECK(session.family("bp").axes[0]->n_values == 1);
    CHECK(session.open("bp", {})->verify() == ASSAY_OK);
    CHECK(session.open("fpi", {})->verify() == ASSAY_OK);
    CHECK(refusal(R"({"models":["3x2","5by5"]})").starts_with("models[1]=5by5: expected the sta"));
    CHECK(refusal(R"({"graphs":["star5"]})").starts_with("graphs[0]=star5: expected grid<rows>"));
    CHECK(refusal(R"({"models":["3","3"]})") == "models[1]=3 stands there twice");
    CHECK(refusal(R"({"models":["3"],"model":{"states":[2]}})") ==
          "models beside a model, expected the one or the other");
}

} // namespace model_settings_test
