#include "exponential_differencing.hpp"

#include "field_values.hpp"

namespace assay::cgl {

// Modes are kept over n^2, so that the transform back gives points; what comes of a transform of
// points is over n^2 by its coefficient.
template <class Real>
ExponentialDifferencing<Real>::ExponentialDifferencing(const Grid& grid,
                                                       const Equation& equation,
                                                       const Stepping& stepping,
                                                       const PlanOptions& plans)
    : grid_(grid)
    , stepping_(stepping)
    , cubic_{.g = static_cast<Real>(equation.g), .c2 = static_cast<Real>(equation.c2)}
    , transform_(grid.n, plans)
    , forcing_(as_precision<Real>(equation.forcing, 1))
    , v_(grid.points())
    , nv_(grid.points())
    , na_(grid.points())
    , block_(grid.n * transform_.together()) {
    const EtdPlanes planes = etd_planes(grid, equation, stepping);
    const double share = 1 / static_cast<double>(grid.points());
    const auto in_blocks = [&](const ComplexValues& plane, double factor) {
        return as_precision<Real>(column_blocks(plane, grid.n, transform_.together()), factor);
    };
    if (stepping.method == Method::etd2rk) {
        full_ = in_blocks(planes.full, 1);
        first_ = in_blocks(planes.phi1, share);
        f2_ = in_blocks(planes.phi2, share);
        return;
    }
    half_ = in_blocks(planes.half, 1);
    first_ = in_blocks(planes.q, share);
    f1_ = in_blocks(planes.f1, share);
    f2_ = in_blocks(planes.f2, 2 * share);
    f3_ = in_blocks(planes.f3, share);
}

template <class Real>
void ExponentialDifferencing<Real>::start(std::span<const std::complex<double>> field) {
    const std::size_t n = grid_.n, width = transform_.together();
    transform_.put(field);
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.take_rows(block);
        transform_.rows_to_modes(block);
    }
    const Real share = 1 / static_cast<Real>(grid_.points());
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        Complex* const modes = v_.data() + block * n * width;
        transform_.columns_to_modes(block, modes);
        for (std::size_t at = 0; at < n * width; ++at) {
            const bool kept = is_kept(mode_of(at / width, n), n, stepping_.dealias) &&
                              is_kept(mode_of(block * width + at % width, n), n, stepping_.dealias);
            modes[at] *= kept ? share : Real(0);
        }
    }
}

template <class Real>
void ExponentialDifferencing<Real>::cubic_of_rows() {
    const std::span<Complex> points = transform_.points();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.rows_to_points(block);
        pointwise_passes<Real>().cubic(points.data(),
                                       points.size(),
                                       cubic_,
                                       forcing_.empty() ? nullptr
                                                        : forcing_.data() + block * points.size());
        transform_.rows_to_modes(block);
    }
}

// The places of a block of columns in arrays of modes and in half planes.
struct BlockPlaces {
    std::size_t block = 0, modes = 0, half_plane = 0;
};

template <class Real>
template <class Stage>
void ExponentialDifferencing<Real>::stage(Stage one) {
    cubic_of_rows();
    const std::size_t n = grid_.n, width = transform_.together();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        const BlockPlaces at{block, block * n * width, block * (n / 2 + 1) * width};
        if (const Complex* const back = one(at)) {
            transform_.columns_from_modes(block, back);
        }
    }
}

template <class Real>
void ExponentialDifferencing<Real>::second_order_step(bool last) {
    const ModePasses<Real>& passes = mode_passes<Real>();
    const std::size_t n = grid_.n, width = transform_.together();
    stage([&](const BlockPlaces& at) {
        Complex* const v = v_.data() + at.modes;
        Complex* const nv = nv_.data() + at.modes;
        transform_.columns_to_modes(at.block, nv);
        passes.two_terms(
            v, n, width, v, full_.data() + at.half_plane, nv, first_.data() + at.half_plane);
        return v;
    });
    stage([&](const BlockPlaces& at) {
        Complex* const v = v_.data() + at.modes;
        transform_.columns_to_modes(at.block, block_.data());
        passes.correct(
            v, n, width, v, block_.data(), nv_.data() + at.modes, f2_.data() + at.half_plane);
        return last ? nullptr : v;
    });
}

template <class Real>
void ExponentialDifferencing<Real>::fourth_order_step(bool last) {
    const ModePasses<Real>& passes = mode_passes<Real>();
    const std::size_t n = grid_.n, width = transform_.together();
    Complex* const block = block_.data();
    for (FieldBuffer<Real>* const cubic : {&nv_, &na_}) {
        stage([&](const BlockPlaces& at) {
            Complex* const of_stage = cubic->data() + at.modes;
            transform_.columns_to_modes(at.block, of_stage);
            passes.two_terms(block,
                             n,
                             width,
                             v_.data() + at.modes,
                             half_.data() + at.half_plane,
                             of_stage,
                             first_.data() + at.half_plane);
            return block;
        });
    }
    stage([&](const BlockPlaces& at) {
        transform_.columns_to_modes(at.block, block);
        passes.third_stage(block,
                           n,
                           width,
                           v_.data() + at.modes,
                           nv_.data() + at.modes,
                           half_.data() + at.half_plane,
                           first_.data() + at.half_plane,
                           na_.data() + at.modes);
        return block;
    });
    stage([&](const BlockPlaces& at) {
        Complex* const v = v_.data() + at.modes;
        transform_.columns_to_modes(at.block, block);
        passes.last_stage(v,
                          n,
                          width,
                          half_.data() + at.half_plane,
                          nv_.data() + at.modes,
                          f1_.data() + at.half_plane,
                          na_.data() + at.modes,
                          f2_.data() + at.half_plane,
                          block,
                          f3_.data() + at.half_plane);
        return last ? nullptr : v;
    });
}

template <class Real>
void ExponentialDifferencing<Real>::columns_back() {
    const std::size_t size = block_.size();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.columns_from_modes(block, v_.data() + block * size);
    }
}

template <class Real>
void ExponentialDifferencing<Real>::advance(std::size_t steps) {
    if (steps > 0) {
        columns_back();
    }
    for (std::size_t step = 1; step <= steps; ++step) {
        if (stepping_.method == Method::etd2rk) {
            second_order_step(step == steps);
        } else {
            fourth_order_step(step == steps);
        }
    }
}

template <class Real>
void ExponentialDifferencing<Real>::read(std::span<std::complex<double>> field) {
    columns_back();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.rows_to_points(block);
        transform_.keep_rows(block);
    }
    transform_.get(field);
}

template <class Real>
bool ExponentialDifferencing<Real>::is_finite() const {
    return all_finite(std::span<const Complex>(v_.values()));
}

template class ExponentialDifferencing<double>;
template class ExponentialDifferencing<float>;

} // namespace assay::cgl
