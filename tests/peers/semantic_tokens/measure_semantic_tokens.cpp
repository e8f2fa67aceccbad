// Sequences of tokens beside the product that bounds them, Eigen's product for the same level, and
// the naive way, in turns in one process; the filter over texts of several sizes. A person reads
// it; README.md says how.
//
//   measure_semantic_tokens
#include "isa_level/isa_level.hpp"
#include "semantic_tokens/drawn_text.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "semantic_tokens/token_processor.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <filesystem>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace assay::semantic_tokens;

constexpr std::size_t kRounds = 21;
constexpr double kRoundSeconds = 0.05;

// Of this thread: what other programs take of a shared machine is not counted, though what they
// take of caches and of a core that is two is.
double cpu_seconds() {
    timespec now{};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double seconds(Work&& work) {
    const double begin = cpu_seconds();
    work();
    return cpu_seconds() - begin;
}

struct Quartiles {
    double low, median, high;
};

Quartiles quartiles_of(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t n = values.size();
    return {values[n / 4], values[n / 2], values[n * 3 / 4]};
}

void print(const char* what, const std::vector<double>& values) {
    const Quartiles q = quartiles_of(values);
    std::printf("  %-36s %9.4g  [%.4g, %.4g]\n", what, q.median, q.low, q.high);
}

template <class Real>
using EigenProduct = void(const Real*, const Real*, Real*, std::ptrdiff_t, std::ptrdiff_t);

// Of the level that the kernel runs at; null without Eigen.
template <class Real>
EigenProduct<Real>* eigen_product() {
    const char* const levels[] = {"v1", "v3", "v4"};
    const std::string name =
        std::string("libeigen_product_") + levels[static_cast<int>(assay::isa_level())] + ".so";
    const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    void* const library = dlopen((folder / name).c_str(), RTLD_NOW | RTLD_LOCAL);
    const char* const symbol =
        std::is_same_v<Real, double> ? "eigen_product_f64" : "eigen_product_f32";
    return library == nullptr ? nullptr
                              : reinterpret_cast<EigenProduct<Real>*>(dlsym(library, symbol));
}

std::size_t repeats_of(double once) {
    return static_cast<std::size_t>(std::max(1.0, kRoundSeconds / once));
}

template <class Work>
double once_of(std::size_t repeats, Work&& work) {
    return seconds([&] {
               for (std::size_t i = 0; i < repeats; ++i) {
                   work();
               }
           }) /
           static_cast<double>(repeats);
}

template <class Real>
void compare_products(const TokenModel<Real>& model, std::size_t n) {
    const std::string text = drawn_text(1, n);
    const std::size_t width = model.shape().width;
    TokenProcessor<Real> processor(model);
    (void)processor.process(text);
    const VectorValues<Real> rows(processor.rows().begin(), processor.rows().end());
    VectorValues<Real> out(n * 2 * width);
    EigenProduct<Real>* const eigen = eigen_product<Real>();
    const std::size_t repeats = repeats_of(seconds([&] { (void)processor.process(text); }));
    std::vector<double> whole, shares, ours, theirs, ratios;
    const double flops = projection_flops(model.shape(), n);
    for (std::size_t round = 0; round < kRounds; ++round) {
        const double all = once_of(repeats, [&] { (void)processor.process(text); });
        const double own = once_of(repeats, [&] { processor.project_again(); });
        whole.push_back(static_cast<double>(n) / all / 1e6);
        shares.push_back(own / all);
        ours.push_back(flops / own / 1e9);
        if (eigen != nullptr) {
            const double peer = once_of(repeats, [&] {
                eigen(rows.data(),
                      model.projection(),
                      out.data(),
                      static_cast<std::ptrdiff_t>(n),
                      static_cast<std::ptrdiff_t>(width));
            });
            theirs.push_back(flops / peer / 1e9);
            ratios.push_back(peer / own);
        }
    }
    std::printf("n = %zu, %s\n", n, std::is_same_v<Real, double> ? "f64" : "f32");
    print("million tokens/s", whole);
    print("product alone / all", shares);
    print("product, GFlop/s", ours);
    if (eigen != nullptr) {
        print("Eigen's product, GFlop/s", theirs);
        print("Eigen's time / ours", ratios);
    }
}

void compare_naive(const TokenModel<double>& model, std::size_t n) {
    const std::string text = drawn_text(1, n);
    TokenProcessor<double> processor(model);
    NaiveProcessor<double> naive(model);
    std::vector<double> slow, ratios;
    for (std::size_t round = 0; round < 5; ++round) {
        (void)processor.process(text);
        const double fast = once_of(20, [&] { (void)processor.process(text); });
        slow.push_back(seconds([&] { (void)naive.process(text); }));
        ratios.push_back(slow.back() / fast);
    }
    std::printf("n = %zu, f64, beside the naive way\n", n);
    print("naive, s", slow);
    print("naive / assay", ratios);
}

// A ring of texts of a megabyte together: the words of a few small ones are learned by heart.
std::vector<std::string> texts_of(std::size_t bytes) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::max<std::size_t>(2, (std::size_t{1} << 20U) / bytes); ++i) {
        texts.push_back(drawn_text_of_bytes(i, bytes));
    }
    return texts;
}

// All sizes in turns, so that they meet the same machine.
void measure_filter() {
    const std::size_t sizes[] = {
        std::size_t{1} << 10U, std::size_t{1} << 14U, std::size_t{1} << 17U, std::size_t{1} << 20U};
    std::vector<std::vector<std::string>> texts;
    std::vector<std::vector<double>> rates(std::size(sizes)), times(std::size(sizes));
    for (const std::size_t bytes : sizes) {
        texts.push_back(texts_of(bytes));
    }
    TokenFilter filter(50'000);
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < std::size(sizes); ++i) {
            const auto once = [&] {
                for (const std::string& text : texts[i]) {
                    (void)filter.scan(text);
                }
            };
            once();
            const double each = once_of(5, once) / static_cast<double>(texts[i].size() * sizes[i]);
            rates[i].push_back(1 / each / 1e6);
            times[i].push_back(i == 0 ? each : each / times[0].back());
        }
    }
    for (std::size_t i = 0; i < std::size(sizes); ++i) {
        std::printf("filter, %zu bytes\n", sizes[i]);
        print("MB/s", rates[i]);
        if (i > 0) {
            print("time of a byte / that of 1024 bytes", times[i]);
        }
    }
    std::vector<double> naive;
    for (std::size_t round = 0; round < 3; ++round) {
        naive.push_back(static_cast<double>(sizes[2]) /
                        seconds([&] { (void)naive_scan(texts[2].front(), 50'000); }) / 1e6);
    }
    print("naive, MB/s", naive);
}

} // namespace

int main() {
    double load[3] = {};
    (void)getloadavg(load, 3);
    std::printf("median [quartiles] of %zu rounds in turns, %s, load average %.1f\n",
                kRounds,
                std::string(assay::name_of(assay::isa_level())).c_str(),
                load[0]);
    TokenModel<double> doubles({}, 1);
    TokenModel<float> floats({}, 1);
    const std::vector<std::string> longest{drawn_text(1, 2048)};
    doubles.make_rows(ids_of(longest, doubles.shape().vocabulary));
    floats.make_rows(ids_of(longest, floats.shape().vocabulary));
    measure_filter();
    for (const std::size_t n : {std::size_t{16}, std::size_t{512}, std::size_t{2048}}) {
        compare_products(doubles, n);
        compare_products(floats, n);
    }
    compare_naive(doubles, 512);
    (void)getloadavg(load, 3);
    std::printf("load average %.1f\n", load[0]);
    return 0;
}
