// Runs the steps of one job of a workflow outside of GitHub, and says as JSON how each ended.
//   node --import ./json_modules.mjs run_job.mjs SCENARIO.json
// The shell of the steps is really run, expressions are evaluated by GitHub's library; actions are
// stand-ins (stand_ins.mjs), `gh` and `apt-get` fakes that keep what was asked of them (fakes/).
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filled, holds } from "./expressions.mjs";
import { standIns } from "./stand_ins.mjs";
import { readWorkflow } from "./workflow.mjs";

const scenario = JSON.parse(readFileSync(process.argv[2], "utf8"));
const workflow = readWorkflow(scenario.workflow);
const job = workflow.jobs[scenario.job];
const machine = scenario.machine;
rmSync(machine, { recursive: true, force: true });
const place = Object.fromEntries(["work", "temp", "home", "files"].map((name) => {
    mkdirSync(join(machine, name), { recursive: true });
    return [name, join(machine, name)];
}));

const github = {
    event: scenario.event ?? {}, event_name: scenario.event_name, ref: scenario.ref,
    ref_name: scenario.ref.replace(/^refs\/(heads|pull)\//, ""), repository: "owner/project",
    repository_owner: "owner", run_id: "4711", server_url: "https://github.example", token: "t",
};
const contexts = {
    github, inputs: scenario.inputs ?? {}, secrets: scenario.secrets ?? {}, steps: {},
    needs: scenario.needs ?? {}, runner: { os: "Linux", arch: "X64" },
};
const status = { success: true, failure: false, always: true, cancelled: false };
contexts.env = { ...filled(workflow.env, contexts, status), ...scenario.settings };
Object.assign(contexts.env, filled(job.env, contexts, status));

const files = Object.fromEntries(["OUTPUT", "ENV", "PATH", "STEP_SUMMARY"].map((name) => {
    writeFileSync(join(place.files, name), "");
    return [`GITHUB_${name}`, join(place.files, name)];
}));
const surroundings = {
    ...scenario.surroundings, ...files,
    HOME: place.home, RUNNER_TEMP: place.temp, GITHUB_WORKSPACE: place.work, CI: "true",
    GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: github.repository, GITHUB_RUN_ID: github.run_id,
    GITHUB_REPOSITORY_OWNER: github.repository_owner, GITHUB_EVENT_NAME: github.event_name,
    GITHUB_REF: github.ref, GITHUB_REF_NAME: github.ref_name,
    GIT_CONFIG_NOSYSTEM: "1",
};
let path = [join(dirname(fileURLToPath(import.meta.url)), "fakes"), "/usr/local/bin", "/usr/bin", "/bin"];
writeFileSync(join(place.home, ".gitconfig"),
    "[user]\n\tname = test\n\temail = test@example.org\n[init]\n\tdefaultBranch = main\n");

// What a step has written for those after it.
function take(name) {
    const text = readFileSync(files[name], "utf8");
    writeFileSync(files[name], "");
    return text.split("\n").filter((line) => line !== "");
}

function keep(outputs, id) {
    for (const line of take("GITHUB_OUTPUT")) {
        outputs[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
    }
    for (const line of take("GITHUB_ENV")) {
        contexts.env[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
    }
    path = [...take("GITHUB_PATH").reverse(), ...path];
    return outputs;
}

function runAction(step) {
    const env = { ...surroundings, ...contexts.env, PATH: path.join(":") };
    const inputs = filled(step.with, contexts, status);
    const standIn = standIns[step.uses.slice(0, step.uses.indexOf("@"))];
    try {
        return { code: 0, log: "", outputs: standIn({ inputs, scenario, workspace: place.work, env }) };
    } catch (error) {
        return { code: 1, log: String(error.stack), outputs: {} };
    }
}

function runShell(step) {
    const script = join(place.files, "step.sh");
    writeFileSync(script, step.run);
    const env = { ...surroundings, ...contexts.env, ...filled(step.env, contexts, status) };
    const ended = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
        cwd: place.work, env: { ...env, PATH: path.join(":") }, encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26,
    });
    return { code: ended.status ?? 128, log: ended.stdout + ended.stderr, outputs: keep({}) };
}

const told = [];
for (const step of holds(job.if, contexts, status) ? job.steps : []) {
    const name = step.name ?? step.uses;
    if (!holds(step.if, contexts, status)) {
        told.push({ name, outcome: "skipped", code: 0, log: "" });
        continue;
    }
    const { code, log, outputs } = step.uses === undefined ? runShell(step) : runAction(step);
    const outcome = code === 0 ? "success" : "failure";
    if (step.id !== undefined) {
        contexts.steps[step.id] = { outputs, outcome, conclusion: outcome };
    }
    told.push({ name, outcome, code, log });
    status.success &&= code === 0;
    status.failure ||= code !== 0;
}
console.log(JSON.stringify({
    result: status.success ? "success" : "failure",
    steps: told,
    outputs: filled(job.outputs, contexts, status),
    summary: existsSync(files.GITHUB_STEP_SUMMARY)
        ? readFileSync(files.GITHUB_STEP_SUMMARY, "utf8") : "",
}));
