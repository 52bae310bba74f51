import type { Construct } from "constructs";

/** A prop that cannot work. The message starts with the construct's path, so that one of forty services can be found. */
export class PropsError extends Error {
  constructor(scope: Construct, prop: string, rule: string, got: unknown) {
    super(`${scope.node.path}: ${prop} ${rule}, got ${JSON.stringify(got)}`);
    this.name = "PropsError";
  }
}
