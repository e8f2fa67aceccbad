// What a case of steps times: the solver in one precision, or its transforms alone.
//
//   std::unique_ptr<StepSubject> subject = make_subject({.impl = Implementation::assay, ...});
//   subject->restart();  subject->steps(100);  subject->mean_norm();
//
// One thread at a time.
#pragma once

#include "equation.hpp"
#include "fourier_pair.hpp"
#include "initial_field.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace assay::cgl {

// assay: the method that is asked for. fft_only: the transforms that it contains and nothing else.
// euler_ref: a plain split step of first order (euler_splitting.hpp), whatever the method.
enum class Implementation { assay, fft_only, euler_ref };

std::string_view name_of(Implementation impl) noexcept; // "assay", ...
// Throws assay::config_error, which names those there are.
[[nodiscard]] Implementation implementation_from(std::string_view name);

struct SubjectOptions {
    Implementation impl = Implementation::assay;
    bool single_precision = false;
    Grid grid = {};
    Equation equation = {};
    Stepping stepping = {};
    PlanOptions plans = {};
    InitialField begin = InitialField::noise;
    std::size_t warm_steps = 100; // from there to the field that restart() goes back to
    std::uint64_t seed = 1;
};

class StepSubject {
public:
    StepSubject() = default;
    StepSubject(const StepSubject&) = delete;
    StepSubject& operator=(const StepSubject&) = delete;
    virtual ~StepSubject() = default;

    // Back to the warm field.
    virtual void restart() = 0;
    virtual void steps(std::size_t count) = 0;
    // restart(), so many steps, and what read() gives: all the transforms that takes.
    virtual void evolve(std::size_t count, ComplexField& end) = 0;
    // The field as it is, or zeros of transforms alone.
    virtual void read(ComplexField& field) = 0;
    // So many pairs of transforms, of a field of its own.
    virtual void pairs(std::size_t count) = 0;
    // Pairs in a step, and those beside steps in evolve().
    [[nodiscard]] virtual std::size_t pairs_of_step() const = 0;
    [[nodiscard]] virtual std::size_t pairs_at_ends() const = 0;
    // Throws assay::failure where the field blew up.
    virtual void check_finite() const = 0;
    // Of the field as it is.
    [[nodiscard]] virtual double mean_norm() = 0;
    // Throws assay::wrong_result: a plane wave that goes another way than its dispersion says, or
    // transforms that do not undo each other. Leaves another field: restart().
    virtual void verify() = 0;
};

// Throws assay::config_error; assay::skip for euler_ref beside another method than strang.
std::unique_ptr<StepSubject> make_subject(const SubjectOptions& options);

} // namespace assay::cgl
