#!/usr/bin/env python3
"""Times pymdp (NumPy) and the kernels on the same models, in turns, and compares their results.

    compare_with_pymdp.py --pymdp FOLDER --opt-einsum FOLDER KERNEL_SPEED

See README.md. Needs python3-numpy.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import types

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np  # after the number of threads is set


def load_pymdp(folder, opt_einsum):
    """pymdp.legacy without its plots, and without what run_mmp prints in its inner loop."""
    sys.path.insert(0, opt_einsum)
    for name in ("seaborn", "matplotlib", "matplotlib.pyplot", "scipy", "scipy.special"):
        sys.modules[name] = types.ModuleType(name)  # of no use to what is timed here
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]
    sys.modules["scipy"].special = sys.modules["scipy.special"]
    package = types.ModuleType("pymdp")  # its own __init__ imports JAX
    package.__path__ = [os.path.join(folder, "pymdp")]
    sys.modules["pymdp"] = package

    import importlib.machinery
    import importlib.util

    class Silent(importlib.machinery.SourceFileLoader):
        def get_data(self, path):
            data = super().get_data(path)
            if path.endswith("mmp.py"):
                data = re.sub(rb"(?m)^(\s*)print\(.*$", rb"\1pass", data)
            return data

        def path_stats(self, path):
            raise OSError("no cache of bytecode")

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name != "pymdp.legacy.algos.mmp":
                return None
            file = os.path.join(folder, "pymdp/legacy/algos/mmp.py")
            return importlib.util.spec_from_file_location(name, file, loader=Silent(name, file))

    sys.meta_path.insert(0, Finder)
    from pymdp.legacy import agent, algos, control, learning, maths, utils

    return types.SimpleNamespace(
        agent=agent, algos=algos, control=control, learning=learning, maths=maths, utils=utils
    )


def tensor(value):
    return np.array(value["data"]).reshape(value["shape"]) if isinstance(value, dict) else np.array(value)


class Model:
    def __init__(self, document, pymdp):
        def objects(key):
            tensors = [tensor(one) for one in document[key]]
            result = pymdp.utils.obj_array(len(tensors))
            for i, one in enumerate(tensors):
                result[i] = one
            return result

        self.states = document["states"]
        self.A, self.B = objects("A"), objects("B")
        self.A_factors = document.get("A_factors") or [list(range(len(self.states)))] * len(self.A)
        self.B_factors = document.get("B_factors") or [[f] for f in range(len(self.states))]
        self.outcomes = [a.shape[0] for a in self.A]
        self.actions = [b.shape[-1] for b in self.B]
        self.C = pymdp.utils.obj_array_zeros([[count] for count in self.outcomes])
        for m, count in enumerate(self.outcomes):
            self.C[m] = np.zeros(count)
        self.uniform = pymdp.utils.obj_array_uniform(self.states)
        self.modalities_of = {
            "A_factor_list": self.A_factors,
            "A_modality_list": [
                [m for m in range(len(self.A)) if f in self.A_factors[m]] for f in range(len(self.states))
            ],
        }

    def observed(self, pymdp, indices):
        result = pymdp.utils.obj_array(len(indices))
        for m, index in enumerate(indices):
            result[m] = pymdp.utils.onehot(index, self.outcomes[m])
        return result


def flat(objects):
    return np.concatenate([np.ravel(one) for one in objects])


def fpi(p, given):
    m = Model(given["model"], p)
    observation = m.observed(p, given["observation"])

    def factorised():
        return p.algos.run_vanilla_fpi_factorized(
            m.A, observation, m.outcomes, m.states, m.modalities_of, prior=m.uniform, num_iter=10, compute_vfe=False
        )

    def dense():
        return p.algos.run_vanilla_fpi(
            m.A, observation, m.outcomes, m.states, prior=m.uniform, num_iter=10, compute_vfe=False
        )

    all_see_all = all(len(factors) == len(m.states) for factors in m.A_factors)
    return {"factorised": factorised, **({"dense": dense} if all_see_all else {})}, flat


def efe(p, given):
    m = Model(given["model"], p)
    policies = p.control.construct_policies(m.states, m.actions, policy_len=given["horizon"])

    def factorised():
        return p.control.update_posterior_policies_factorized(
            m.uniform, m.A, m.B, m.C, m.A_factors, m.B_factors, policies, gamma=16.0
        )

    return {"factorised": factorised}, lambda result: result[1]


def mmp(p, given):
    m = Model(given["model"], p)
    observations = [m.observed(p, row) for row in given["observations"]]
    likelihoods = p.maths.get_joint_likelihood_seq(m.A, observations, m.states)
    factors = len(m.states)
    previous = np.zeros((len(observations) - 1, factors), dtype=int)
    policy = np.zeros((given["horizon"], factors), dtype=int)

    def dense():
        return p.algos.run_mmp(
            likelihoods, m.B, policy, prev_actions=previous, prior=m.uniform, num_iter=10, tau=0.25
        )

    return {"dense": dense}, lambda result: np.concatenate([[result[1]], *[flat(q) for q in result[0]]])


def learn_a(p, given):
    m = Model(given["model"], p)
    observation = m.observed(p, given["observation"])
    return {"plain": lambda: p.learning.update_obs_likelihood_dirichlet(m.A, m.A, observation, m.uniform)}, flat


def learn_b(p, given):
    m = Model(given["model"], p)
    actions = np.array(given["actions"])
    return {
        "plain": lambda: p.learning.update_state_likelihood_dirichlet(m.B, m.B, actions, m.uniform, m.uniform)
    }, flat


def sophisticated(p, given):
    m = Model(given["model"], p)
    policies = p.control.construct_policies(m.states, m.actions, policy_len=1)

    def search():
        return p.control.sophisticated_inference_search(
            m.uniform, policies, m.A, m.B, m.C, m.A_factors, m.B_factors,
            horizon=given["horizon"], policy_prune_threshold=given["policy_threshold"],
            state_prune_threshold=given["outcome_threshold"], gamma=1.0,
            inference_params={"num_iter": 10, "dF": 1.0, "dF_tol": 0.001, "compute_vfe": False},
        )

    return {"plain": search}, lambda result: result[1]


def agent(p, given):
    m = Model(given["model"], p)
    one = p.agent.Agent(
        A=m.A, B=m.B, C=m.C, D=m.uniform, policy_len=1, inference_algo="VANILLA", action_selection="deterministic",
        use_utility=True, use_states_info_gain=True, use_param_info_gain=False,
    )
    one.inference_params = {"num_iter": 10, "dF": 1.0, "dF_tol": 0.001, "compute_vfe": False}  # no early stop

    def life():
        one.reset()
        one.action = one.prev_actions = None
        steps = []
        for observation in given["observations"]:
            q = one.infer_states(observation)
            _, values = one.infer_policies()
            steps.append((q, values, one.sample_action()))
        return steps

    return {"plain": life}, lambda steps: np.concatenate([part for q, values, chosen in steps
                                                          for part in (flat(q), values, chosen)])


KINDS = {
    "fpi": fpi, "efe": efe, "mmp": mmp, "learn_A": learn_a, "learn_B": learn_b, "sophisticated": sophisticated,
    "agent": agent,
}


def seconds_of(call):
    """The median of runs that fill a third of a second, at least three."""
    times = []
    begin = time.perf_counter()
    while len(times) < 3 or (time.perf_counter() - begin < 0.3 and len(times) < 2000):
        before = time.perf_counter()
        call()
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def show(seconds):
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} us"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("kernel_speed", help="the program of the same folder")
    words.add_argument("--pymdp", required=True, help="a checkout of infer-actively/pymdp")
    words.add_argument("--opt-einsum", required=True, help="a checkout of dgasmith/opt_einsum")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--only", default="", help="a regular expression for names")
    given = words.parse_args()
    pymdp = load_pymdp(given.pymdp, given.opt_einsum)

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([given.kernel_speed, "write", folder], check=True)
        documents = [json.load(open(os.path.join(folder, name))) for name in sorted(os.listdir(folder))]

    chosen = []
    for document in documents:
        if not re.search(given.only, document["name"]):
            continue
        forms, results_of = KINDS[document["input"]["kind"]](pymdp, document["input"])
        ours = np.array(document["results"])
        for form, call in forms.items():
            theirs = results_of(call())
            difference = np.abs(ours - theirs)
            if not np.all(difference <= 1e-9 + 1e-9 * np.abs(theirs)):
                sys.exit(f"{document['name']}: results differ from pymdp's {form} form by {difference.max():.3g}")
        chosen.append((document["name"], forms))
    print(f"{len(chosen)} workloads: all results agree within 1e-9")

    ours = {name: [] for name, _ in chosen}
    theirs = {name: {form: [] for form in forms} for name, forms in chosen}
    for round_number in range(given.rounds):
        lines = subprocess.run([given.kernel_speed, "time"], check=True, capture_output=True, text=True).stdout
        for line in lines.splitlines():
            one = json.loads(line)
            if one["name"] in ours:
                ours[one["name"]].append(one["seconds"])
        for name, forms in chosen:
            for form, call in forms.items():
                theirs[name][form].append(seconds_of(call))
        print(f"round {round_number + 1} of {given.rounds}", file=sys.stderr)

    print(f"{'workload':44} {'kernels':>9} {'pymdp':>9}  form        pymdp / kernels [least, most of a round]")
    for name, _ in chosen:
        form, times = min(theirs[name].items(), key=lambda one: statistics.median(one[1]))
        ratios = [their / our for our, their in zip(ours[name], times)]
        print(
            f"{name:44} {show(statistics.median(ours[name])):>9} {show(statistics.median(times)):>9}  {form:10}"
            f"  {statistics.median(ratios):.4g} [{min(ratios):.4g}, {max(ratios):.4g}]"
        )


if __name__ == "__main__":
    main()
