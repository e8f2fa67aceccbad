// Plans of FFTW for one forward and one backward transform of an n x n field, and memory that suits
// them.
//
//   const FourierPair<double> fft(64, {.effort = PlanEffort::measure});
//   FieldBuffer<double> field(64 * 64), modes(64 * 64);
//   fft.forward(field.data(), modes.data());           // sum of A e^{-ikx}: not normalised
//   fft.backward(modes.data(), field.data());          // the input stays as it was
//
// Plans are made one at a time in the whole process (FFTW's planner is not safe for threads);
// executing them is safe from any thread on arrays of one's own. The arrays come from FieldBuffer.
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace assay::cgl {

// How long FFTW looks for a plan: not at all, by measuring some, by measuring many.
enum class PlanEffort { estimate, measure, patient };

struct PlanOptions {
    PlanEffort effort = PlanEffort::measure;
    int threads = 1; // that one transform is shared out to
};

template <class Real>
class FieldBuffer {
public:
    FieldBuffer() = default; // of nothing
    // Zeros. Throws std::bad_alloc.
    explicit FieldBuffer(std::size_t count);

    [[nodiscard]] std::complex<Real>* data() const noexcept { return values_.get(); }

    [[nodiscard]] std::size_t size() const noexcept { return count_; }

    [[nodiscard]] std::span<std::complex<Real>> values() const noexcept {
        return {values_.get(), count_};
    }

private:
    struct Free {
        void operator()(std::complex<Real>* values) const noexcept;
    };

    std::unique_ptr<std::complex<Real>[], Free> values_;
    std::size_t count_ = 0;
};

template <class Real>
class FourierPair {
public:
    // Throws assay::unavailable where FFTW makes no plan.
    FourierPair(std::size_t n, const PlanOptions& options);
    ~FourierPair();
    FourierPair(const FourierPair&) = delete;
    FourierPair& operator=(const FourierPair&) = delete;

    // `out` is another array than `in`.
    void forward(std::complex<Real>* in, std::complex<Real>* out) const noexcept;
    void backward(std::complex<Real>* in, std::complex<Real>* out) const noexcept;

private:
    struct Plans;
    std::unique_ptr<Plans> plans_;
};

// What FFTW has learnt of this machine in this process, as text, and back; false: it is of another
// version or damaged, and nothing was taken.
template <class Real>
std::string fft_wisdom();
template <class Real>
bool take_fft_wisdom(const std::string& wisdom);

// "fftw-3.3.10-sse2-avx"
std::string fft_version();

extern template class FieldBuffer<double>;
extern template class FieldBuffer<float>;
extern template class FourierPair<double>;
extern template class FourierPair<float>;

} // namespace assay::cgl
