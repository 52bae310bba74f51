import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { packHandlers } from "../packed-handlers";
import { projectRoot, scratchFolder } from "../project";

/** What Lambda does with a handler: it loads the package, calls it, and writes down the answer or the error. */
const RUNTIME = `
const { handler } = require("./handler.js");
const { writeFileSync } = require("node:fs");
const { event, remainingMs } = JSON.parse(process.argv[2]);
const context = { functionName: "msk-topics", awsRequestId: "request", getRemainingTimeInMillis: () => remainingMs };
handler(event, context).then(
  (answer) => writeFileSync(process.argv[3], JSON.stringify({ answer })),
  ({ name, message }) => writeFileSync(process.argv[3], JSON.stringify({ errorType: name, errorMessage: message })),
);
`;

/** How an invocation ended, as Lambda tells its caller; and what it left in the log. */
export interface Invocation<Answer> {
  readonly answer?: Answer;
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly log: string;
}

/** The function `msk-topics` out of the package that is deployed, in a process of its own. */
export class TopicsFunction {
  private readonly folder = scratchFolder();

  constructor() {
    packHandlers();
    const files = unzipSync(readFileSync(join(projectRoot, "dist", "handlers", "msk-topics.zip")));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.folder, name), content);
    writeFileSync(join(this.folder, "runtime.cjs"), RUNTIME);
  }

  /**
   * Calls the function. Its process must end by itself: what it leaves running would go on in the next invocation.
   *
   * @param env its whole environment.
   * @param remainingMs what Lambda says is left of its time.
   */
  async invoke<Answer>(event: unknown, env: Record<string, string>, remainingMs = 30_000): Promise<Invocation<Answer>> {
    const result = join(scratchFolder(), "result.json");
    const words = [join(this.folder, "runtime.cjs"), JSON.stringify({ event, remainingMs }), result];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env, timeout: 60_000, killSignal: "SIGKILL" });
    return { ...JSON.parse(readFileSync(result, "utf8")), log: stdout + stderr };
  }
}
