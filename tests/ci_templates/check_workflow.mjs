// Says what is wrong with workflow files, a line each, and ends with 1 where anything is.
//   node --import ./json_modules.mjs check_workflow.mjs FILE...
import { errorsOf } from "./workflow.mjs";

for (const path of process.argv.slice(2)) {
    for (const error of await errorsOf(path)) {
        console.log(`${path}: ${error}`);
        process.exitCode = 1;
    }
}
