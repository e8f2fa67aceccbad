#include "verdict/comparison.hpp"

#include "statistics/summary.hpp"
#include "verdict/limit_test.hpp"
#include "verdict/pair_series.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::verdict {
namespace {

constexpr double kControlShare = 0.2;     // of the budget
constexpr std::uint64_t kControlOdds = 4; // one pair in so many, while cases are open
constexpr std::uint64_t kFewestEvery = 8; // every eighth pair goes where the fewest are
constexpr std::size_t kNullPairsMin = 12; // of a null control: it could have fired twice over

} // namespace

struct Comparison::Series {
    enum class Role { real, null_control, positive_control };

    Series(Role given, double d, statistics::EvidenceMethod method) noexcept
        : role(given)
        , pairs(d, method) {}

    Role role;
    PairSeries pairs;
    std::size_t failed_pairs = 0;
    std::optional<Verdict> decided; // frozen
    statistics::Evidence frozen;    // what it was decided on
    bool ended = false;             // dropped
    bool fired = false;             // a control: it has reached its threshold once
    std::size_t decided_after = 0;  // pairs
    WantedPairs wanted;             // by others than the verdict

    [[nodiscard]] bool has_no_verdict() const noexcept { return !decided && !ended; }

    // Whether more pairs can answer anything that is asked.
    [[nodiscard]] bool is_open() const noexcept { return !ended && (!decided || wanted.all > 0); }

    [[nodiscard]] const statistics::Evidence& evidence() const noexcept {
        return decided ? frozen : pairs.evidence();
    }

    void decide(Verdict verdict) noexcept {
        decided = verdict;
        frozen = pairs.evidence();
        decided_after = pairs.size();
    }
};

std::string_view name_of(Verdict verdict) noexcept {
    switch (verdict) {
    case Verdict::slower:
        return "slower";
    case Verdict::faster:
        return "faster";
    case Verdict::same:
        return "same";
    case Verdict::undecided:
        break;
    }
    return "undecided";
}

std::string_view name_of(NullControl control) noexcept {
    switch (control) {
    case NullControl::quiet:
        return "quiet";
    case NullControl::fired:
        return "fired";
    case NullControl::unfinished:
        return "unfinished";
    case NullControl::off:
        break;
    }
    return "off";
}

std::string_view name_of(PositiveControl control) noexcept {
    switch (control) {
    case PositiveControl::found:
        return "found";
    case PositiveControl::missed:
        return "missed";
    case PositiveControl::off:
        break;
    }
    return "off";
}

Comparison::Comparison(ComparisonRules rules, std::size_t cases)
    : rules_(rules)
    , d_(std::log1p(rules.margin))
    , cases_(cases)
    , series_(cases, Series(Series::Role::real, d_, rules.method))
    , first_order_(cases)
    , random_(rules.seed) {
    std::iota(first_order_.begin(), first_order_.end(), std::size_t{0});
    std::ranges::shuffle(first_order_, random_);
}

Comparison::Comparison(Comparison&&) noexcept = default;
Comparison& Comparison::operator=(Comparison&&) noexcept = default;
Comparison::~Comparison() = default;

std::size_t Comparison::add_null_control() {
    series_.emplace_back(Series::Role::null_control, d_, rules_.method);
    return series_.size() - 1;
}

std::size_t Comparison::add_positive_control() {
    series_.emplace_back(Series::Role::positive_control, d_, rules_.method);
    return series_.size() - 1;
}

void Comparison::want(std::size_t series, const WantedPairs& wanted) {
    series_.at(series).wanted = wanted;
}

void Comparison::add_pair(std::size_t series, const Pair& pair) {
    Series& to = series_.at(series);
    ++pairs_given_;
    to.pairs.add(pair);
    decide(); // frozen e-values stay as they were
}

void Comparison::add_failed_pair(std::size_t series) {
    constexpr std::size_t kFailedPairsMax = 3;
    ++pairs_given_;
    if (++series_.at(series).failed_pairs >= kFailedPairsMax) {
        drop(series);
    }
}

void Comparison::drop(std::size_t series) {
    series_.at(series).ended = true;
}

std::size_t Comparison::count(Verdict verdict) const {
    return static_cast<std::size_t>(std::ranges::count_if(series_, [verdict](const Series& one) {
        return one.role == Series::Role::real && one.decided == verdict;
    }));
}

// e-BH over one family of e-values, those of decided cases frozen. All that enter the set freeze
// together, so it can only grow.
void Comparison::decide_family(double statistics::Evidence::*log_e, Verdict verdict) {
    std::vector<double> values(cases_);
    for (std::size_t i = 0; i < cases_; ++i) {
        values[i] = series_[i].ended ? -HUGE_VAL : series_[i].evidence().*log_e;
    }
    for (const std::size_t i : statistics::e_bh(values, cases_, rules_.alpha)) {
        if (series_[i].has_no_verdict()) {
            series_[i].decide(verdict);
        }
    }
}

// The log e-value at which a null control fires: one of all of them, by chance, in alpha of runs.
double Comparison::null_threshold() const {
    const auto nulls = std::ranges::count_if(
        series_, [](const Series& one) { return one.role == Series::Role::null_control; });
    return std::log(static_cast<double>(nulls) / rules_.alpha);
}

// Had all of its pairs pointed one way.
bool Comparison::could_have_fired(const Series& null_control) const {
    statistics::EProcess extreme(rules_.method);
    for (std::size_t i = 0; i < null_control.pairs.size(); ++i) {
        extreme.add(HUGE_VAL);
    }
    return extreme.log_e() >= null_threshold();
}

void Comparison::decide() {
    decide_family(&statistics::Evidence::log_e_slower, Verdict::slower);
    decide_family(&statistics::Evidence::log_e_faster, Verdict::faster);
    const double log_level = -std::log(rules_.alpha);
    for (Series& one : series_) {
        const statistics::Evidence& said = one.pairs.evidence();
        switch (one.role) {
        case Series::Role::real:
            if (one.has_no_verdict() && said.log_e_same() >= log_level) {
                one.decide(Verdict::same);
            }
            break;
        case Series::Role::null_control:
            one.fired |= std::max(said.log_e_slower, said.log_e_faster) >= null_threshold();
            break;
        case Series::Role::positive_control:
            if (one.has_no_verdict() && said.log_e_slower >= log_level) {
                one.fired = true;
                one.decide(Verdict::slower);
            }
            break;
        }
    }
}

// The log e-values that one more case would need now.
Comparison::Thresholds Comparison::thresholds() const {
    const double log_level = -std::log(rules_.alpha);
    const auto m = static_cast<double>(std::max<std::size_t>(cases_, 1));
    const auto of = [&](Verdict verdict) {
        return log_level + std::log(m / static_cast<double>(count(verdict) + 1));
    };
    return {.slower = of(Verdict::slower), .faster = of(Verdict::faster), .same = log_level};
}

// Pairs until the verdict that is nearest, and until what else is asked has its answers, if
// evidence keeps growing as it did.
WantedPairs Comparison::pairs_needed(const Series& series, const Thresholds& thresholds) {
    const std::size_t n = series.pairs.size();
    WantedPairs needed = series.wanted;
    if (n == 0 || series.decided) {
        return needed;
    }
    const statistics::Evidence& said = series.pairs.evidence();
    needed.add(std::min({pairs_to_reach(thresholds.slower, said.log_e_slower, n),
                         pairs_to_reach(thresholds.faster, said.log_e_faster, n),
                         pairs_to_reach(thresholds.same, said.log_e_same(), n)}));
    return needed;
}

std::vector<std::size_t> Comparison::open_cases() const {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < cases_; ++i) {
        const bool full = rules_.pairs_max > 0 && series_[i].pairs.size() >= rules_.pairs_max;
        if (series_[i].is_open() && !full) {
            open.push_back(i);
        }
    }
    return open;
}

// A null control wants as many pairs as a case got, for it stands for all of them.
std::vector<std::size_t> Comparison::open_controls() const {
    std::size_t most = kNullPairsMin;
    for (std::size_t i = 0; i < cases_; ++i) {
        most = std::max(most, series_[i].pairs.size());
    }
    std::vector<std::size_t> open;
    for (std::size_t i = cases_; i < series_.size(); ++i) {
        const Series& one = series_[i];
        const bool wants = one.role == Series::Role::positive_control
                               ? one.is_open()
                               : one.is_open() && !one.fired && one.pairs.size() < most;
        if (wants) {
            open.push_back(i);
        }
    }
    return open;
}

bool Comparison::fits(std::size_t series, double seconds_left) const {
    return series_[series].pairs.seconds_per_pair() <= seconds_left;
}

std::optional<std::size_t> Comparison::next_control(bool cases_are_open) {
    const std::vector<std::size_t> open = open_controls();
    if (open.empty()) {
        return std::nullopt;
    }
    double spent = 0;
    double longest = 0;
    for (const Series& one : series_) {
        spent += one.role == Series::Role::real ? 0 : one.pairs.seconds();
        longest = std::max(longest, one.pairs.seconds_per_pair());
    }
    if (spent + longest > kControlShare * *budget_s_) {
        return std::nullopt;
    }
    if (cases_are_open && random_() % kControlOdds != 0) {
        return std::nullopt;
    }
    return *std::ranges::min_element(
        open, {}, [this](std::size_t i) { return series_[i].pairs.size(); });
}

std::size_t Comparison::next_case(const std::vector<std::size_t>& open, double seconds_left) {
    const auto pairs_of = [this](std::size_t i) { return series_[i].pairs.size(); };
    const std::size_t fewest = *std::ranges::min_element(open, [&](auto a, auto b) {
        return std::pair(pairs_of(a), first_order_[a]) < std::pair(pairs_of(b), first_order_[b]);
    });
    if (pairs_of(fewest) < rules_.pairs_first || pairs_given_ % kFewestEvery == 0) {
        return fewest;
    }
    const auto cost = [&, needed = thresholds()](std::size_t i) {
        const double seconds =
            pairs_needed(series_[i], needed).next * series_[i].pairs.seconds_per_pair();
        return std::pair(seconds > seconds_left, seconds); // what cannot finish comes last
    };
    return *std::ranges::min_element(open, {}, cost);
}

std::optional<std::size_t> Comparison::next_series(double seconds_left) {
    if (!budget_s_) {
        budget_s_ = seconds_left;
    }
    std::vector<std::size_t> open = open_cases();
    if (pairs_given_ > 0) { // one pair at least, however small the budget
        if (seconds_left <= 0) {
            return std::nullopt;
        }
        std::erase_if(open, [&](std::size_t i) { return !fits(i, seconds_left); });
    }
    if (const std::optional<std::size_t> control = next_control(!open.empty())) {
        return control;
    }
    return open.empty() ? std::nullopt : std::optional(next_case(open, seconds_left));
}

bool Comparison::complete() const {
    return open_cases().empty() && open_controls().empty();
}

Finding Comparison::finding(std::size_t series) const {
    const Series& one = series_.at(series);
    Finding finding;
    finding.evidence = one.evidence();
    finding.pairs = one.pairs.size();
    finding.failed_pairs = one.failed_pairs;
    finding.has_ended = one.ended;
    finding.pair_sd = one.pairs.robust_sd();
    finding.position_bias = one.pairs.position_bias();
    finding.threshold = thresholds().slower;
    if (finding.pairs > 0) {
        const auto interval = one.pairs.interval(rules_.alpha, rules_.method);
        const double centre = statistics::median(one.pairs.x());
        finding.interval = {std::exp(std::min(interval.low, centre)),
                            std::exp(std::max(interval.high, centre))};
        finding.ratio = std::exp(centre);
    }
    if (one.decided && !one.ended) {
        finding.verdict = *one.decided;
        finding.decided_after = one.decided_after;
    }
    finding.wants_pairs = one.decided && one.is_open();
    if (one.is_open() && finding.pairs > 0) {
        finding.seconds_needed = pairs_needed(one, thresholds()).all * one.pairs.seconds_per_pair();
    }
    const auto withdraw = [&finding](const char* label) {
        finding.verdict = Verdict::undecided;
        finding.labels.emplace_back(label);
    };
    // Of the pairs that the verdict rests on: those taken later for others do not withdraw it.
    finding.is_drifting = one.pairs.is_drifting(
        finding.decided_after.value_or(finding.pairs), rules_.alpha, rules_.method);
    if (finding.is_drifting) {
        withdraw("drifting");
    }
    // The fast slices against the middle: neither word would tell what happened.
    const double log_level = -std::log(rules_.alpha);
    if (finding.evidence.log_e_slower >= log_level && finding.evidence.log_e_faster >= log_level) {
        withdraw("mixed");
    }
    const bool claims = finding.verdict == Verdict::slower || finding.verdict == Verdict::faster;
    if (one.role == Series::Role::real && claims && null_control() == NullControl::fired) {
        withdraw("null control fired");
    }
    return finding;
}

NullControl Comparison::null_control() const {
    bool any = false;
    bool all_could_fire = true;
    for (const Series& one : series_) {
        if (one.role == Series::Role::null_control) {
            any = true;
            all_could_fire = all_could_fire && could_have_fired(one);
            if (one.fired) {
                return NullControl::fired;
            }
        }
    }
    return !any ? NullControl::off : all_could_fire ? NullControl::quiet : NullControl::unfinished;
}

PositiveControl Comparison::positive_control() const {
    bool any = false;
    for (const Series& one : series_) {
        if (one.role == Series::Role::positive_control) {
            any = true;
            if (!one.fired) {
                return PositiveControl::missed;
            }
        }
    }
    return any ? PositiveControl::found : PositiveControl::off;
}

} // namespace assay::verdict
