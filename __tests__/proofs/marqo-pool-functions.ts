import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { unzipSync } from "fflate";
import { projectRoot, run, scratchFolder } from "../support/project";
import type { Synthesized } from "../support/synthesized";

/** What Cognito gets: the event's response, or the words of the error. */
export interface Answer {
  readonly response?: unknown;
  readonly error?: string;
}

/** What a pool is told about its triggers, as Terraform has it. */
interface LambdaConfig {
  readonly pre_sign_up: string;
  readonly post_confirmation: string;
  readonly pre_token_generation_config: { readonly lambda_arn: string };
  readonly custom_message: string;
}

/** The functions that a root's pool asks: each with the package and the settings that Terraform would give it, in a process of its own. */
export class PoolFunctions {
  /** @param place variables with which the SDK finds DynamoDB. */
  constructor(
    private readonly root: Synthesized,
    private readonly place: Readonly<Record<string, string>>,
  ) {}

  preSignUp(event: object): Answer {
    return this.call(this.triggers.pre_sign_up, event);
  }

  postConfirmation(event: object): Answer {
    return this.call(this.triggers.post_confirmation, event);
  }

  preTokenGeneration(event: object): Answer {
    return this.call(this.triggers.pre_token_generation_config.lambda_arn, event);
  }

  customMessage(event: object): Answer {
    return this.call(this.triggers.custom_message, event);
  }

  private get triggers(): LambdaConfig {
    return this.root.only(CognitoUserPool)["lambda_config"] as LambdaConfig;
  }

  private call(arn: string, event: object): Answer {
    const name = /^\$\{aws_lambda_function\.(\w+)\.arn\}$/.exec(arn)?.[1] ?? "";
    const definition = this.root.byName(LambdaFunction)[name];
    if (definition === undefined) throw new Error(`the pool asks ${arn}, which the root does not make`);
    const folder = scratchFolder();
    writeFileSync(join(folder, "handler.js"), code(String(definition["filename"]), String(definition["source_code_hash"])));
    const script = `
      process.stdout.write = process.stderr.write = () => true;
      require("./handler").handler(${JSON.stringify(event)}, { awsRequestId: "1" }).then(
        ({ response }) => ({ response }),
        ({ message }) => ({ error: message }),
      ).then((answer) => require("node:fs").writeFileSync("answer.json", JSON.stringify(answer)));`;
    const { variables } = definition["environment"] as { readonly variables: Readonly<Record<string, string>> };
    const sdk = { NODE_PATH: join(projectRoot, "node_modules"), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
    const { status, stderr } = run(process.execPath, ["-e", script], { cwd: folder, env: { ...sdk, ...this.place, ...variables } });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    return JSON.parse(readFileSync(join(folder, "answer.json"), "utf8"));
  }
}

/** The one file of a package, which must be the package that Terraform has the hash of. */
function code(filename: string, hash: string): Uint8Array {
  const zip = readFileSync(join(projectRoot, "dist", "handlers", basename(filename)));
  if (createHash("sha256").update(zip).digest("base64") !== hash)
    throw new Error(`${filename} is not the package that Terraform would deploy`);
  const file = unzipSync(zip)["handler.js"];
  if (file === undefined) throw new Error(`${filename} holds no handler.js`);
  return file;
}
