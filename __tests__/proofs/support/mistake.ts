import type { Construct } from "constructs";
import type { ZellyConfig } from "../../../config/zelly-schema";
import type { Network } from "../../../constructs/network/network";
import type { TestStack } from "../../support/synthesized";

/** What looks at a change, in the order in which it does. */
export const CHECKS = [
  "type checker",
  "linter",
  "config",
  "construct",
  "synthesis",
  "address lock",
  "static check",
  "terraform validate",
  "terraform plan",
  "terraform apply",
  "rehearsal guard",
] as const;
export type Check = (typeof CHECKS)[number];

/** A mistake that somebody can make, and what becomes of it. */
export interface Mistake {
  readonly mistake: string;
  /** The first check that sees it. */
  readonly caughtBy: Check;
  /** The telling part of what that check says. */
  readonly says: string;
}

/** A mistake as it is made, without what is expected of the checks. */
export type Made<Kind extends Mistake> = Omit<Kind, "caughtBy" | "says">;

/** What the checks found; no check, and nothing said, for what passed them all. */
export interface Finding {
  readonly caughtBy?: Check;
  readonly said: string;
}

export interface Verdict extends Finding {
  readonly mistake: string;
}

/** Made in a source file of the project. */
export interface SourceMistake extends Mistake {
  readonly caughtBy: "type checker" | "linter";
  /** Folder that the file stands in: rules go by folder. */
  readonly folder: string;
  readonly source: string;
}

/** Made in the values of the environments, with types that the compiler takes. */
export interface ConfigMistake extends Mistake {
  readonly caughtBy: "config";
  readonly change: (values: { readonly production: ZellyConfig; readonly staging: ZellyConfig }) => void;
}

/** What every stack of the table has already. */
export interface Shop {
  readonly stack: TestStack;
  readonly network: Network;
}

/** Made in the code of a stack, in a scope of the mistake's own. */
export interface CodeMistake extends Mistake {
  readonly caughtBy: Exclude<Check, "type checker" | "linter" | "config" | "rehearsal guard">;
  /** What is there already, and is right. @default - nothing */
  readonly before?: (scope: Construct, shop: Shop) => void;
  readonly code: (scope: Construct, shop: Shop) => void;
  /** @default - written anew, as it is with every change of stateful resources */
  readonly lock?: "forgotten";
  /** True for what keeps Terraform from looking any further, or of which it does not say where it stands. @default false */
  readonly alone?: true;
}

/** Made in terraform.tfvars. */
export interface VariableMistake extends Mistake {
  readonly caughtBy: "terraform plan";
  /** Name of the variable, and its value in HCL. */
  readonly variable: string;
  readonly value: string;
}

/** Made in the way in which Terraform is run during a rehearsal. */
export interface RunMistake extends Mistake {
  readonly caughtBy: "rehearsal guard";
  /** Sections that the configuration has more of. @default - none */
  readonly config?: object;
  /** Words behind `terraform`. @default `plan` */
  readonly words?: readonly string[];
}
