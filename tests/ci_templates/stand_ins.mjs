// What the actions of the templates do, done here: a checkout is a clone of the test's repository, the
// cache already holds the built Assay, an artifact is a folder.
//   outputs = await standIns[name]({ with: {...}, machine, ... })
import { execFileSync } from "node:child_process";
import {
    chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

function git(folder, env, ...words) {
    return execFileSync("git", ["-C", folder, ...words], { env, encoding: "utf8" });
}

// Assay's own sources: what the templates call of them.
function assaySources(folder, env) {
    mkdirSync(join(folder, "tools"), { recursive: true });
    const installer = join(folder, "tools", "install-packages");
    writeFileSync(installer, '#!/bin/sh\necho "asked for packages: $*"\n');
    chmodSync(installer, 0o755);
    git(folder, env, "init", "--quiet");
    git(folder, env, "add", "-A");
    git(folder, env, "commit", "--quiet", "-m", "Assay");
    return {};
}

function checkout({ inputs, scenario, workspace, env }) {
    const folder = join(workspace, inputs.path ?? "");
    if (inputs.repository !== undefined) {
        return assaySources(folder, env);
    }
    const depth = Number(inputs["fetch-depth"] ?? 1);
    const reach = depth === 0 ? [] : [`--depth=${depth}`];
    const branch = scenario.ref.replace("refs/heads/", "");
    git(workspace, env, "init", "--quiet");
    git(workspace, env, "remote", "add", "origin", `file://${scenario.project}`);
    if (depth === 0) {
        git(workspace, env, "fetch", "--quiet", "origin");
    }
    if (branch === scenario.ref) {
        git(workspace, env, "fetch", "--quiet", ...reach, "origin", scenario.ref);
        git(workspace, env, "checkout", "--quiet", "--detach", "FETCH_HEAD");
    } else {
        const tracked = `refs/remotes/origin/${branch}`;
        git(workspace, env, "fetch", "--quiet", ...reach, "origin", `+${scenario.ref}:${tracked}`);
        git(workspace, env, "checkout", "--quiet", "-B", branch, tracked);
    }
    return {};
}

function cache({ inputs, scenario, workspace }) {
    if (!/^assay-.+-[0-9a-f]{40}$/.test(inputs.key)) {
        throw new Error(`a key that does not name what was built: ${inputs.key}`);
    }
    const folder = join(workspace, inputs.path, "bin");
    mkdirSync(folder, { recursive: true });
    symlinkSync(scenario.assay, join(folder, "assay"));
    return { "cache-hit": "true" };
}

// Of the newest key that was saved: the templates ask for what the last run left.
function cacheRestore({ inputs, scenario, workspace }) {
    const kept = join(scenario.caches, inputs["restore-keys"]);
    if (existsSync(kept)) {
        mkdirSync(dirname(join(workspace, inputs.path)), { recursive: true });
        cpSync(kept, join(workspace, inputs.path));
    }
    return { "cache-hit": "false" };
}

function cacheSave({ inputs, scenario, workspace }) {
    if (!inputs.key.startsWith("assay-history-")) {
        throw new Error(`a key that nobody asks for: ${inputs.key}`);
    }
    cpSync(join(workspace, inputs.path), join(scenario.caches, "assay-history-"));
    return {};
}

const visible = (path) => !basename(path).startsWith(".");

function uploadArtifact({ inputs, scenario, workspace }) {
    const source = join(workspace, inputs.path);
    const target = join(scenario.artifacts, inputs.name);
    if (!existsSync(source)) {
        console.error(`Warning: no files were found with the path: ${inputs.path}`);
        return {};
    }
    const single = !statSync(source).isDirectory();
    cpSync(source, single ? join(target, basename(source)) : target,
        { recursive: true, filter: visible });
    return {};
}

function downloadArtifact({ inputs, scenario, workspace }) {
    const source = join(scenario.artifacts, inputs.name);
    const target = join(workspace, inputs.path ?? "");
    mkdirSync(dirname(join(target, "x")), { recursive: true });
    for (const entry of readdirSync(source)) {
        cpSync(join(source, entry), join(target, entry), { recursive: true });
    }
    return {};
}

export const standIns = {
    "actions/checkout": checkout,
    "actions/cache": cache,
    "actions/cache/restore": cacheRestore,
    "actions/cache/save": cacheSave,
    "actions/upload-artifact": uploadArtifact,
    "actions/download-artifact": downloadArtifact,
};
