// Expressions of workflows, evaluated by GitHub's own library.
//   fill("code ${{ steps.a.outputs.code }}", contexts, status)
//   holds("failure()", contexts, status)
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

const statusFunctions = ["success", "failure", "always", "cancelled"];

function value(expression, contexts, status) {
    const functions = statusFunctions.map((name) => ({
        name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(status[name]),
    }));
    const tokens = new Lexer(expression).lex().tokens;
    const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
    const known = JSON.parse(JSON.stringify(contexts), data.reviver);
    return new Evaluator(tree, known, new Map(functions.map((f) => [f.name, f]))).evaluate();
}

export function fill(text, contexts, status) {
    return String(text ?? "").replace(/\$\{\{(.*?)\}\}/gs,
        (_, expression) => value(expression, contexts, status).coerceString());
}

export function filled(texts, contexts, status) {
    return Object.fromEntries(Object.entries(texts ?? {})
        .map(([key, text]) => [key, fill(text, contexts, status)]));
}

// Where a condition names no status function, GitHub adds success().
export function holds(condition, contexts, status) {
    const text = String(condition ?? "success()").trim().replace(/^\$\{\{(.*)\}\}$/s, "$1");
    const names = new RegExp(`\\b(${statusFunctions.join("|")})\\s*\\(`);
    const whole = names.test(text) ? text : `success() && (${text})`;
    const result = value(whole, contexts, status);
    return result.coerceString() === "true" || (result.kind !== data.Kind.Boolean &&
        !["", "0", "false"].includes(result.coerceString()));
}
