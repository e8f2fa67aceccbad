#include "fourier_pair.hpp"

#include "fftw_functions.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <new>

namespace assay::cgl {

std::mutex& fftw_planner() {
    static std::mutex one;
    return one;
}

unsigned fftw_flags(PlanEffort effort) {
    switch (effort) {
    case PlanEffort::estimate:
        return FFTW_ESTIMATE;
    case PlanEffort::measure:
        return FFTW_MEASURE;
    case PlanEffort::patient:
        break;
    }
    return FFTW_PATIENT;
}

template <class Real>
FieldBuffer<Real>::FieldBuffer(std::size_t count)
    : values_(static_cast<std::complex<Real>*>(
          Fftw<Real>::allocate(count * sizeof(std::complex<Real>))))
    , count_(count) {
    if (!values_) {
        throw std::bad_alloc();
    }
    std::uninitialized_fill_n(values_.get(), count, std::complex<Real>());
}

template <class Real>
void FieldBuffer<Real>::Free::operator()(std::complex<Real>* values) const noexcept {
    Fftw<Real>::release(values);
}

template <class Real>
struct FourierPair<Real>::Plans {
    FftwPlan<Real> forward, backward;
};

template <class Real>
FourierPair<Real>::FourierPair(std::size_t n, const PlanOptions& options)
    : plans_(std::make_unique<Plans>()) {
    FieldBuffer<Real> in(n * n), out(n * n); // measuring writes into them
    const auto plan = [&](int sign) {
        const int size = static_cast<int>(n);
        return FftwPlan<Real>(Fftw<Real>::plan_2d(size,
                                                  size,
                                                  as_fftw<Real>(in.data()),
                                                  as_fftw<Real>(out.data()),
                                                  sign,
                                                  fftw_flags(options.effort)));
    };
    {
        const std::lock_guard<std::mutex> lock(fftw_planner());
        static const bool has_threads = Fftw<Real>::start_threads() != 0;
        if (has_threads) {
            Fftw<Real>::plan_with(std::max(options.threads, 1));
        }
        plans_->forward = plan(FFTW_FORWARD);
        plans_->backward = plan(FFTW_BACKWARD);
        if (has_threads) {
            Fftw<Real>::plan_with(1);
        }
    }
    if (!plans_->forward || !plans_->backward) {
        throw assay::unavailable("FFTW makes no plan for " + std::to_string(n) + " x " +
                                 std::to_string(n));
    }
}

template <class Real>
FourierPair<Real>::~FourierPair() = default;

template <class Real>
void FourierPair<Real>::forward(std::complex<Real>* in, std::complex<Real>* out) const noexcept {
    Fftw<Real>::execute(plans_->forward.get(), as_fftw<Real>(in), as_fftw<Real>(out));
}

template <class Real>
void FourierPair<Real>::backward(std::complex<Real>* in, std::complex<Real>* out) const noexcept {
    Fftw<Real>::execute(plans_->backward.get(), as_fftw<Real>(in), as_fftw<Real>(out));
}

template <class Real>
std::string fft_wisdom() {
    const std::lock_guard<std::mutex> lock(fftw_planner());
    char* const text = Fftw<Real>::wisdom();
    std::string wisdom = text == nullptr ? "" : text;
    Fftw<Real>::release(text);
    return wisdom;
}

template <class Real>
bool take_fft_wisdom(const std::string& wisdom) {
    const std::lock_guard<std::mutex> lock(fftw_planner());
    return Fftw<Real>::take_wisdom(wisdom.c_str()) != 0;
}

std::string fft_version() {
    return static_cast<const char*>(fftw_version);
}

template class FieldBuffer<double>;
template class FieldBuffer<float>;
template class FourierPair<double>;
template class FourierPair<float>;
template std::string fft_wisdom<double>();
template std::string fft_wisdom<float>();
template bool take_fft_wisdom<double>(const std::string&);
template bool take_fft_wisdom<float>(const std::string&);

} // namespace assay::cgl
