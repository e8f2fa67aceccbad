#!/usr/bin/env python3
"""Times steps of the suite and of NumPy programs of the same methods, in turns, and compares the fields.

    compare_with_numpy.py CGL_STEPS [n ...]

See README.md. Needs python3-numpy.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np  # after the number of threads is set

LENGTH, C1, C2, DT = 100.0, 2.0, -1.0, 0.05
LAUNCHES, ROUNDS = 7, 15
TOLERANCE = 1e-9


def linear_part(n):
    """eps - (d + i c1)|k|^2 of every mode; eps = d = 1."""
    k = 2 * np.pi * np.fft.fftfreq(n, LENGTH / n)
    return 1 - (1 + 1j * C1) * (k[:, None] ** 2 + k[None, :] ** 2)


class Strang:
    """Both flows exact, neighbouring halves of the cubic one are one; g = 1."""

    def __init__(self, n):
        self.factor = np.exp(linear_part(n) * DT)

    @staticmethod
    def flow(a, h):
        log = np.log1p(2 * h * (a.real**2 + a.imag**2))
        return a * np.exp(-(0.5 + 0.5j * C2) * log)

    def advance(self, a, steps):
        a = self.flow(a, DT / 2)
        for step in range(steps):
            a = np.fft.ifft2(self.factor * np.fft.fft2(a))
            a = self.flow(a, DT if step + 1 < steps else DT / 2)
        return a


class Etdrk4:
    """Cox and Matthews (2002), eqs. 26 to 29; coefficients as means over a circle."""

    def __init__(self, n):
        h = linear_part(n) * DT
        z = h[..., None] + np.exp(2j * np.pi * (np.arange(32) + 0.5) / 32)
        e = np.exp(z)
        self.whole, self.half = np.exp(h), np.exp(h / 2)
        self.q = DT * np.mean((np.exp(z / 2) - 1) / z, -1)
        self.f1 = DT * np.mean((-4 - z + e * (4 - 3 * z + z * z)) / z**3, -1)
        self.f2 = DT * np.mean((2 + z + e * (z - 2)) / z**3, -1)
        self.f3 = DT * np.mean((-4 - 3 * z - z * z + e * (4 - z)) / z**3, -1)

    @staticmethod
    def change(v):
        a = np.fft.ifft2(v)
        return np.fft.fft2(-(1 + 1j * C2) * (a.real**2 + a.imag**2) * a)

    def advance(self, a, steps):
        v = np.fft.fft2(a)
        for _ in range(steps):
            nv = self.change(v)
            half = self.half * v
            sa = half + self.q * nv
            na = self.change(sa)
            nb = self.change(half + self.q * na)
            nc = self.change(self.half * sa + self.q * (2 * nb - nv))
            v = self.whole * v + self.f1 * nv + 2 * self.f2 * (na + nb) + self.f3 * nc
        return np.fft.ifft2(v)


METHODS = {"strang": Strang, "etdrk4": Etdrk4}


def numpy_launch(method, n, steps, before, after):
    """One process of NumPy; the field after the steps is held to that of the suite."""
    solver = METHODS[method](n)
    field = solver.advance(np.fromfile(before, complex).reshape(n, n), steps)
    expected = np.fromfile(after, complex).reshape(n, n)
    error = np.max(np.abs(field - expected)) / np.max(np.abs(expected))
    if not error <= TOLERANCE:
        raise SystemExit(f"{method} {n}: the fields differ by {error:.2g} after {steps} steps")
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        field = solver.advance(field, steps)
        rounds.append((time.perf_counter() - start) / steps)
    print(f"{statistics.median(rounds):.9g} {error:.3g}")


def printed(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def compare(cgl_steps, method, n):
    steps = max(4, 50 * 64 * 64 // (n * n))
    ours, theirs, errors = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        before, after = (os.path.join(folder, name) for name in ("before.bin", "after.bin"))
        words = [method, str(n), str(steps), before, after]
        for _ in range(LAUNCHES):
            ours.append(float(printed([cgl_steps, *words])[0]))
            seconds, error = printed([sys.executable, __file__, "--launch", *words])
            theirs.append(float(seconds))
            errors.append(float(error))
    ratios = sorted(t / o for t, o in zip(theirs, ours))
    low, _, high = statistics.quantiles(ratios, n=4)
    print(
        f"{n:5} {method:7} {1e6 * statistics.median(ours):10.2f} us {1e6 * statistics.median(theirs):10.2f} us"
        f"   {statistics.median(ratios):5.2f} ({low:.2f} to {high:.2f})   {max(errors):.1g}",
        flush=True,
    )


def main(words):
    if words[:1] == ["--launch"]:
        method, n, steps, before, after = words[1:]
        numpy_launch(method, int(n), int(steps), before, after)
        return
    if not words:
        raise SystemExit(__doc__)
    print(f"numpy {np.__version__}, {LAUNCHES} launches of each\n    n method        a step       numpy's"
          "   numpy / assay (quartiles)   difference")
    for n in [int(word) for word in words[1:]] or [64, 128, 256, 512]:
        for method in METHODS:
            compare(words[0], method, n)


if __name__ == "__main__":
    main(sys.argv[1:])
