#include "charts/case_names.hpp"

#include <doctest/doctest.h>

#include <set>

namespace case_names_test {

using namespace assay::charts;

using Names = std::vector<std::string>;

TEST_CASE("names say where cases differ and what they share is said once") {
    const Names ids{"a/f[n=16,impl=x,seed=1]", "a/f[n=16,impl=y,seed=1]", "a/g[n=16]"};
    const CaseNames names = case_names(ids);
    CHECK(names.names == Names{"f[impl=x]", "f[impl=y]", "g"});
    CHECK(names.shared == "a, n=16, seed=1");
}

TEST_CASE("cases of several suites keep them") {
    const CaseNames names = case_names(Names{"a/f[n=1]", "b/f[n=2]"});
    CHECK(names.names == Names{"a/f", "b/f"}); // each is the only one of its family
    CHECK(names.shared.empty());
    CHECK(case_names(Names{"a/f[n=1]", "a/f[n=2]", "b/f[n=2]"}).names ==
          Names{"a/f[n=1]", "a/f[n=2]", "b/f"});
}

TEST_CASE("what all cases of a family have in common does not stand in their names") {
    const CaseNames names = case_names(Names{"a/f[n=1,k=3]", "a/f[n=2,k=3]", "a/g[n=1]"});
    CHECK(names.names == Names{"f[n=1]", "f[n=2]", "g"});
    CHECK(names.shared == "a, k=3");
}

TEST_CASE("what stands behind an id stays there") {
    const CaseNames names = case_names(Names{"a/f[n=1,k=3], result", "a/f[n=2,k=3], result"});
    CHECK(names.names == Names{"f[n=1], result", "f[n=2], result"});
}

TEST_CASE("a single case, equal ids and texts that are no ids stay as they are") {
    CHECK(case_names(Names{"a/f[n=1]"}).names == Names{"a/f[n=1]"});
    CHECK(case_names(Names{}).names.empty());
    CHECK(case_names(Names{"plain", "other"}).names == Names{"plain", "other"});
    CHECK(case_names(Names{"", "]["}).names.size() == 2);
    // The same parameter twice in one id, as no host writes it: nothing is lost.
    const Names odd{"a/f[n=1,n=2]", "a/f[n=1,n=3]", "a/f[,=]", "a/f[=,]"};
    const CaseNames names = case_names(odd);
    CHECK(names.names.size() == 4);
    CHECK(std::set<std::string>(names.names.begin(), names.names.end()).size() == 4);
}

} // namespace case_names_test
