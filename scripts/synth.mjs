// `npm run synth [-- ROOT …]` and the app command in cdktf.json: bundles main.ts and runs it in this process.
import { parseArgs } from "node:util";
import { runMain } from "./build.mjs";

const HELP = `Usage: npm run synth [-- [--debug] ROOT...]

Writes Terraform JSON to cdktf.out/stacks and inventories to cdktf.out/inventory, for the roots named, or for all.
Exit status: 0 done, 1 failed, 2 wrong use.

Options:
  --debug     print the stack trace of an error, and of what caused it
  -h, --help  print this text

Variables:
  BACKEND       where state is kept: s3 (when unset), cloud or local
  CDKTF_OUTDIR  another folder than cdktf.out
`;

/** @returns whether there is something to synthesize. */
function understand(words) {
  try {
    const options = { debug: { type: "boolean" }, help: { type: "boolean", short: "h" } };
    const { values } = parseArgs({ args: words, options, allowPositionals: true });
    if (values.help) process.stdout.write(HELP);
    return !values.help;
  } catch (error) {
    if (error.code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" && error.code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") throw error;
    const flag = words.find((word) => word.startsWith("-") && !/^(--debug|--help|-h)$/.test(word));
    process.stderr.write(`synth has no option "${flag}"; it has --debug and --help, and takes names of roots\n`);
    process.exitCode = 2;
    return false;
  }
}

if (understand(process.argv.slice(2))) await runMain();
