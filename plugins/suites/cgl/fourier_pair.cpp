#include "fourier_pair.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <fftw3.h>
#include <mutex>
#include <new>

namespace assay::cgl {
namespace {

// FFTW names its functions by precision.
template <class Real>
struct Fftw;

template <>
struct Fftw<double> {
    using Plan = fftw_plan;
    using Complex = fftw_complex;

    static constexpr auto plan_2d = fftw_plan_dft_2d;
    static constexpr auto execute = fftw_execute_dft;
    static constexpr auto destroy = fftw_destroy_plan;
    static constexpr auto allocate = fftw_malloc;
    static constexpr auto release = fftw_free;
    static constexpr auto wisdom = fftw_export_wisdom_to_string;
    static constexpr auto take_wisdom = fftw_import_wisdom_from_string;
    static constexpr auto start_threads = fftw_init_threads;
    static constexpr auto plan_with = fftw_plan_with_nthreads;
};

template <>
struct Fftw<float> {
    using Plan = fftwf_plan;
    using Complex = fftwf_complex;

    static constexpr auto plan_2d = fftwf_plan_dft_2d;
    static constexpr auto execute = fftwf_execute_dft;
    static constexpr auto destroy = fftwf_destroy_plan;
    static constexpr auto allocate = fftwf_malloc;
    static constexpr auto release = fftwf_free;
    static constexpr auto wisdom = fftwf_export_wisdom_to_string;
    static constexpr auto take_wisdom = fftwf_import_wisdom_from_string;
    static constexpr auto start_threads = fftwf_init_threads;
    static constexpr auto plan_with = fftwf_plan_with_nthreads;
};

std::mutex& planner() {
    static std::mutex one;
    return one;
}

unsigned flags_of(PlanEffort effort) {
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

// std::complex is laid out as FFTW's own (C++20, 29.5.4).
template <class Real>
typename Fftw<Real>::Complex* as_fftw(std::complex<Real>* values) {
    return reinterpret_cast<typename Fftw<Real>::Complex*>(values);
}

} // namespace

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
    using Plan = typename Fftw<Real>::Plan;

    Plan forward = nullptr, backward = nullptr;
    Plan forward_in_place = nullptr, backward_in_place = nullptr;

    Plans() = default;
    Plans(const Plans&) = delete;
    Plans& operator=(const Plans&) = delete;

    ~Plans() {
        const std::lock_guard<std::mutex> lock(planner());
        for (const auto plan : {forward, backward, forward_in_place, backward_in_place}) {
            if (plan != nullptr) {
                Fftw<Real>::destroy(plan);
            }
        }
    }
};

template <class Real>
FourierPair<Real>::FourierPair(std::size_t n, const PlanOptions& options)
    : plans_(std::make_unique<Plans>()) {
    FieldBuffer<Real> in(n * n), out(n * n); // measuring writes into them
    const std::lock_guard<std::mutex> lock(planner());
    static const bool has_threads = Fftw<Real>::start_threads() != 0;
    if (has_threads) {
        Fftw<Real>::plan_with(std::max(options.threads, 1));
    }
    const auto plan = [&](FieldBuffer<Real>& to, int sign) {
        const int size = static_cast<int>(n);
        return Fftw<Real>::plan_2d(size,
                                   size,
                                   as_fftw<Real>(in.data()),
                                   as_fftw<Real>(to.data()),
                                   sign,
                                   flags_of(options.effort));
    };
    plans_->forward = plan(out, FFTW_FORWARD);
    plans_->backward = plan(out, FFTW_BACKWARD);
    bool complete = plans_->forward != nullptr && plans_->backward != nullptr;
    if (options.in_place) {
        plans_->forward_in_place = plan(in, FFTW_FORWARD);
        plans_->backward_in_place = plan(in, FFTW_BACKWARD);
        complete =
            complete && plans_->forward_in_place != nullptr && plans_->backward_in_place != nullptr;
    }
    if (has_threads) {
        Fftw<Real>::plan_with(1);
    }
    if (!complete) {
        throw assay::unavailable("FFTW makes no plan for " + std::to_string(n) + " x " +
                                 std::to_string(n));
    }
}

template <class Real>
FourierPair<Real>::~FourierPair() = default;

template <class Real>
void FourierPair<Real>::forward(std::complex<Real>* in, std::complex<Real>* out) const noexcept {
    Fftw<Real>::execute(in == out ? plans_->forward_in_place : plans_->forward,
                        as_fftw<Real>(in),
                        as_fftw<Real>(out));
}

template <class Real>
void FourierPair<Real>::backward(std::complex<Real>* in, std::complex<Real>* out) const noexcept {
    Fftw<Real>::execute(in == out ? plans_->backward_in_place : plans_->backward,
                        as_fftw<Real>(in),
                        as_fftw<Real>(out));
}

template <class Real>
std::string fft_wisdom() {
    const std::lock_guard<std::mutex> lock(planner());
    char* const text = Fftw<Real>::wisdom();
    std::string wisdom = text == nullptr ? "" : text;
    Fftw<Real>::release(text);
    return wisdom;
}

template <class Real>
bool take_fft_wisdom(const std::string& wisdom) {
    const std::lock_guard<std::mutex> lock(planner());
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
