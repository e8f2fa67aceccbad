// The workflow parser imports JSON files without saying so, which node refuses: they are made modules.
//   node --import ./json_modules.mjs check_workflow.mjs FILE
import { register } from "node:module";

const hooks = `
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith(".json")) {
    return next(url, context);
  }
  const text = await readFile(new URL(url), "utf8");
  return { format: "module", shortCircuit: true, source: "export default " + text };
}`;
register("data:text/javascript," + encodeURIComponent(hooks));
