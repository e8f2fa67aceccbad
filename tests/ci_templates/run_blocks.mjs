// Writes every `run:` block of workflow files as a script of its own, for shellcheck.
//   node --import ./json_modules.mjs run_blocks.mjs FOLDER FILE...
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readWorkflow, stepsOf } from "./workflow.mjs";

const [folder, ...files] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const file of files) {
    for (const { job, index, step } of stepsOf(readWorkflow(file))) {
        if (step.run !== undefined) {
            const name = `${basename(file, ".yml")}-${job}-${index}.sh`;
            writeFileSync(join(folder, name), `#!/bin/bash\nset -eo pipefail\n${step.run}`);
            console.log(join(folder, name));
        }
    }
}
