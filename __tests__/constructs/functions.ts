import { LambdaFunction, type LambdaFunctionProps } from "../../constructs/compute/lambda-function";
import type { TestStack } from "../support/synthesized";
import { UNMONITORED } from "./parts";

/** A function, `Greeter` unless told otherwise, that runs the handler `greet`. The test packs the handler. */
export function addFunction(stack: TestStack, props: Partial<LambdaFunctionProps> = {}, id = "Greeter"): LambdaFunction {
  return new LambdaFunction(stack, id, {
    handler: "greet",
    why: "greets users",
    invocation: { kind: "synchronous" },
    memoryMib: 256,
    timeoutSeconds: 5,
    logs: { retentionDays: 30 },
    alarms: UNMONITORED,
    ...props,
  });
}
