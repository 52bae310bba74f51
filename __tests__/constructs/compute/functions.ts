import { LambdaFunction, type LambdaFunctionProps } from "../../../constructs/compute/lambda-function";
import type { TestStack } from "../../support/synthesized";
import { UNMONITORED } from "../parts";

/** A function called `Greeter` that runs the handler `greet`, which a test has packed. */
export function addFunction(stack: TestStack, props: Partial<LambdaFunctionProps> = {}): LambdaFunction {
  return new LambdaFunction(stack, "Greeter", {
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
