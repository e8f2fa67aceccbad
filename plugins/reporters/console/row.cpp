#include "row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace console {
namespace {

// Measured by the host beside every case; shown with `verbose`. Instructions and allocations are
// not among them: they are there only where somebody asked for them.
constexpr std::array<std::string_view, 5> kHostMetrics{
    "wall_time", "cpu_time", "setup_time", "first_iteration", "peak_rss"};

bool is_host_metric(std::string_view key) {
    return std::find(kHostMetrics.begin(), kHostMetrics.end(), key) != kHostMetrics.end();
}

// Without `verbose` a case shows what can be better or worse; counts of work done and what follows
// from other figures are in the documents.
bool is_worth_a_line(const assay_stats& stats) {
    const std::string_view key = assay::text_of(stats.key);
    return stats.direction != ASSAY_DIR_NONE && key != "time_saved" && !is_host_metric(key);
}

Figure figure_from(const assay_stats& stats, bool unicode) {
    return {.key = safe_text(assay::text_of(stats.key), unicode),
            .unit = safe_text(assay::text_of(stats.unit), unicode),
            .value = stats.n == 0 ? Figure::kUnknown : stats.median,
            .low = stats.ci_lo,
            .high = stats.ci_hi,
            .level = stats.ci_level};
}

// What follows "suite/family" in the id: "[n=64]". Nothing when the id has another form.
std::optional<std::string_view>
params_of(std::string_view id, std::string_view suite, std::string_view family) {
    const std::string front = std::string(suite) + "/" + std::string(family);
    const bool usual =
        id.starts_with(front) && (id.size() == front.size() || id[front.size()] == '[');
    return usual && !family.empty() ? std::optional(id.substr(front.size())) : std::nullopt;
}

// The strings of the array at `pointer`.
std::vector<std::string> strings_of(const assay::document& event, std::string_view pointer) {
    std::vector<std::string> texts;
    const auto whole = event.find_json(pointer);
    if (!whole || *whole == "[]") {
        return texts;
    }
    const std::string base = std::string(pointer) + "/";
    while (auto text = event.find_str(base + std::to_string(texts.size()))) {
        texts.push_back(*std::move(text));
    }
    return texts;
}

std::string_view next_word(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of("[=,]"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::optional<double> number_in(std::string_view word) {
    double number = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == word.data() + word.size();
    return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// Numbers by their value and before words; words by their letters.
int compare_params(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const std::string_view left = next_word(a);
        const std::string_view right = next_word(b);
        const auto x = number_in(left);
        const auto y = number_in(right);
        if (x && y && *x != *y) {
            return *x < *y ? -1 : 1;
        }
        if (x.has_value() != y.has_value()) {
            return x ? -1 : 1;
        }
        if (!x && left != right) {
            return left < right ? -1 : 1;
        }
    }
    return a.empty() && b.empty() ? 0 : a.empty() ? -1 : 1;
}

} // namespace

bool is_failure(assay::case_status status) {
    return status == assay::case_status::failed || status == assay::case_status::wrong_result ||
           status == assay::case_status::timed_out || status == assay::case_status::crashed;
}

bool never_measured(const Row& row) {
    return row.status == assay::case_status::cancelled && !row.headline;
}

std::string status_words(assay::case_status status) {
    std::string words(name_of(status));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

Row row_from(const assay::event_view& event, const Look& look) {
    Row row;
    row.id = safe_text(event.case_id(), look.unicode);
    row.suite = safe_text(event.suite(), look.unicode);
    const assay::document document = event.document();
    const std::string family = document.str("/case/family", "");
    const auto params = params_of(event.case_id(), event.suite(), family);
    row.family = safe_text(params ? std::string_view(family) : event.case_id(), look.unicode);
    row.params = safe_text(params.value_or(""), look.unicode);
    row.status = event.status();
    row.reason = safe_text(event.text(), look.unicode);
    for (const assay_stats* stats : event.stats()) {
        const std::string_view key = assay::text_of(stats->key);
        if (!row.headline) {
            row.headline = figure_from(*stats, look.unicode);
            row.launches = stats->n_launches;
        } else if (key == "speedup") {
            row.speedup = figure_from(*stats, look.unicode);
        } else if (look.verbose || is_worth_a_line(*stats)) {
            row.further.push_back(figure_from(*stats, look.unicode));
        }
    }
    if (row.status == assay::case_status::passed && !document.boolean("/case/verified", true)) {
        row.labels.emplace_back("unverified");
    }
    for (const std::string& note : strings_of(document, "/case/notes")) {
        row.labels.push_back(safe_text(note, look.unicode));
    }
    return row;
}

bool comes_before(const Row& a, const Row& b) {
    if (a.suite != b.suite) {
        return a.suite < b.suite;
    }
    if (a.family != b.family) {
        return a.family < b.family;
    }
    const int params = compare_params(a.params, b.params);
    return params != 0 ? params < 0 : a.params < b.params;
}

} // namespace console
