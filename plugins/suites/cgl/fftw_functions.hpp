// FFTW's functions by precision, the lock of its planner, and the flags of a plan. For the files
// that make plans.
//
//   const std::lock_guard<std::mutex> lock(fftw_planner());
//   FftwPlan<double> plan(Fftw<double>::plan_2d(...));     // destroyed under the lock, too
#pragma once

#include "fourier_pair.hpp"

#include <complex>
#include <fftw3.h>
#include <memory>
#include <mutex>
#include <type_traits>

namespace assay::cgl {

template <class Real>
struct Fftw;

template <>
struct Fftw<double> {
    using Plan = fftw_plan;
    using Complex = fftw_complex;

    static constexpr auto plan_2d = fftw_plan_dft_2d;
    static constexpr auto plan_many = fftw_plan_many_dft;
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
    static constexpr auto plan_many = fftwf_plan_many_dft;
    static constexpr auto execute = fftwf_execute_dft;
    static constexpr auto destroy = fftwf_destroy_plan;
    static constexpr auto allocate = fftwf_malloc;
    static constexpr auto release = fftwf_free;
    static constexpr auto wisdom = fftwf_export_wisdom_to_string;
    static constexpr auto take_wisdom = fftwf_import_wisdom_from_string;
    static constexpr auto start_threads = fftwf_init_threads;
    static constexpr auto plan_with = fftwf_plan_with_nthreads;
};

// Held while plans are made and destroyed: that part of FFTW is not safe for threads.
std::mutex& fftw_planner();

unsigned fftw_flags(PlanEffort effort);

template <class Real>
struct DestroyPlan {
    void operator()(typename Fftw<Real>::Plan plan) const noexcept {
        const std::lock_guard<std::mutex> lock(fftw_planner());
        Fftw<Real>::destroy(plan);
    }
};

template <class Real>
using FftwPlan =
    std::unique_ptr<std::remove_pointer_t<typename Fftw<Real>::Plan>, DestroyPlan<Real>>;

// std::complex is laid out as FFTW's own (C++20, 29.5.4).
template <class Real>
typename Fftw<Real>::Complex* as_fftw(std::complex<Real>* values) {
    return reinterpret_cast<typename Fftw<Real>::Complex*>(values);
}

} // namespace assay::cgl
