// A wrong declaration, chosen at compile time: the library must be refused with a text.
#include <assay/suite.hpp>

namespace {

struct nothing_to_do {
    explicit nothing_to_do(const assay::params&) {}

    void operator()() const {}
};

} // namespace

#if defined(REFUSED_RATIO)
ASSAY_SUITE("org.example.refused", "refused", "1.0.0") {
    s.independent<nothing_to_do>("a")
        .metric("hits", "1", assay::higher, assay::mean)
        .metric("rate", "1", assay::higher, assay::ratio("hits", "hits"));
}
#elif defined(REFUSED_AXIS)
ASSAY_SUITE("org.example.refused", "refused", "1.0.0") {
    s.independent<nothing_to_do>("a").axis("mixed", {assay::axis_value(1), assay::axis_value("b")});
}
#elif defined(REFUSED_FAMILY)
ASSAY_SUITE("org.example.refused", "refused", "1.0.0") {
    s.independent<nothing_to_do>("a");
    s.single<nothing_to_do>("a");
}
#elif defined(REFUSED_MANIFEST)
static void define(assay::suite&) {}

ASSAY_PLUGIN("org.example.refused", "1.0.0", ASSAY_PROVIDES_SUITE("other")) {
    p.suite<define>("refused");
}
#elif defined(REFUSED_VARIANT)
ASSAY_SUITE("org.example.refused", "refused", "1.0.0") {
    s.independent<nothing_to_do>("a").axis("path", {"full", "cached"}).variant("fast");
}
#endif
