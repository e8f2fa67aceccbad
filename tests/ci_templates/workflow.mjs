// A workflow file: what GitHub's own parser says against it, and what stands in it.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
    NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow,
} from "@actions/workflow-parser";
import { parse } from "yaml";

// Schema, types, expressions and the contexts that they may use where they stand; cron.
async function schemaErrors(path) {
    const file = { name: basename(path), content: readFileSync(path, "utf8") };
    const parsed = parseWorkflow(file, new NoOperationTraceWriter());
    const errors = parsed.context.errors.getErrors().map((error) => error.message);
    if (errors.length > 0 || parsed.value === undefined) {
        return errors.length > 0 ? errors : ["no workflow"];
    }
    const template = await convertWorkflowTemplate(parsed.context, parsed.value);
    return (template.errors ?? []).map((error) => error.Message);
}

export function readWorkflow(path) {
    return parse(readFileSync(path, "utf8"));
}

export function* stepsOf(workflow) {
    for (const [job, { steps }] of Object.entries(workflow.jobs)) {
        for (const [index, step] of steps.entries()) {
            yield { job, index, step };
        }
    }
}

// What this project asks of its templates beyond the schema.
function houseErrors(workflow) {
    const errors = [];
    const granted = JSON.stringify([workflow.permissions, workflow.jobs]);
    if (workflow.permissions === undefined || /write-all|read-all/.test(granted)) {
        errors.push("permissions: have to be named, and no more than are needed");
    }
    if (workflow.concurrency === undefined) {
        errors.push("concurrency: has to say what happens to two runs at a time");
    }
    for (const { job, step } of stepsOf(workflow)) {
        const name = `${job}/${step.name ?? step.uses}`;
        if (step.uses !== undefined && !/^actions\/[a-z-]+(\/[a-z-]+)?@v[0-9]+(\.[0-9]+)*$/.test(step.uses)) {
            errors.push(`${name}: only actions/* of a version`);
        }
        if (step.run?.includes("${{")) {
            errors.push(`${name}: an expression in run: takes text for code; use env:`);
        }
    }
    for (const [name, job] of Object.entries(workflow.jobs)) {
        if (job["timeout-minutes"] === undefined) {
            errors.push(`${name}: no timeout-minutes`);
        }
    }
    return errors;
}

export async function errorsOf(path) {
    const errors = await schemaErrors(path);
    return errors.length > 0 ? errors : houseErrors(readWorkflow(path));
}
