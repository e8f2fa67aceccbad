#!/usr/bin/env python3
"""What it costs to import a large document of Google Benchmark, beside Python's json.load of it.

    python3 tests/peers/imports/compare_with_python.py build/release/bin/assay [MEGABYTES] [ROUNDS]

Each round is one process of either, in turn: `assay import` into a history that does not exist yet,
`assay import --dry-run` (read and checked, nothing recorded), and an interpreter that loads the file
and does nothing with it. Wall and CPU time are those of the process with its children; the peak is
that of its largest process, resident. The file is made here, the same for the same size.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

REPETITIONS = 10


def document(path, megabytes):
    """Cases of ten repetitions each, as --benchmark_repetitions=10 writes them."""
    source = random.Random(1)
    context = {"date": "2026-11-22T10:00:00+00:00", "host_name": "lab", "executable": "./bench",
               "num_cpus": 8, "mhz_per_cpu": 2400, "cpu_scaling_enabled": False, "caches": [],
               "load_avg": [0.1], "library_version": "1.9.1", "library_build_type": "release",
               "json_schema_version": 1}
    rows = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write('{\n  "context": ' + json.dumps(context) + ',\n  "benchmarks": [\n')
        case = 0
        while out.tell() < megabytes * 1_000_000:
            name = f"BM_Sort<std::vector<int>>/{case}/threads:1"
            for repetition in range(REPETITIONS):
                real = 100 * (1 + 0.01 * source.random())
                row = {"name": name, "family_index": case, "per_family_instance_index": 0,
                       "run_name": name, "run_type": "iteration", "repetitions": REPETITIONS,
                       "repetition_index": repetition, "threads": 1, "iterations": 1000000,
                       "real_time": real, "cpu_time": real * 0.99, "time_unit": "ns",
                       "items_per_second": 1e9 / real}
                out.write((",\n" if rows else "") + "    " + json.dumps(row))
                rows += 1
            case += 1
        out.write("\n  ]\n}\n")
    return rows, case


def measured(argv, folder):
    """Wall seconds, CPU seconds and mebibytes of the largest process."""
    begin = time.perf_counter()
    process = subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{argv[0]} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    assay = os.path.abspath(sys.argv[1])
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "large.json")
        rows, cases = document(file, megabytes)
        print(f"{os.path.getsize(file) / 1e6:.1f} MB, {rows} rows of {cases} cases, "
              f"{rounds} rounds\n")
        contenders = {
            "assay import": lambda i: [assay, "import", "google-benchmark", file, "--history",
                                       os.path.join(folder, f"history-{i}.db")],
            "assay import --dry-run": lambda i: [assay, "import", "google-benchmark", file,
                                                 "--dry-run", "--format", "json"],
            "python3 json.load": lambda i: [sys.executable, "-c",
                                            "import json, sys; json.load(open(sys.argv[1]))", file],
        }
        figures = {name: [] for name in contenders}
        for i in range(rounds + 1):
            for name, argv in contenders.items():
                one = measured(argv(i), folder)
                if i > 0:  # the first round fills the cache of files
                    figures[name].append(one)
        print("| | wall, median (range) | CPU, median | peak of the largest process |")
        print("|---|---|---|---|")
        for name, all_of in figures.items():
            wall, cpu, peak = (sorted(column) for column in zip(*all_of))
            print(f"| {name} | {statistics.median(wall):.2f} s ({wall[0]:.2f} to {wall[-1]:.2f}) "
                  f"| {statistics.median(cpu):.2f} s | {statistics.median(peak):.0f} MiB |")


if __name__ == "__main__":
    main()
