import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { zellyEnvironments } from "../../config/zelly";
import type { ZellyConfig } from "../../config/zelly-schema";
import { ZellyStack } from "../../stacks/zelly/zelly-stack";
import { once } from "../constructs/readings";
import { Synthesized } from "../support/synthesized";

/** An environment's configuration. */
export function zellyConfig(environment: string): ZellyConfig {
  const found = Object.entries<ZellyConfig>(zellyEnvironments).find(([name]) => name === environment)?.[1];
  if (found === undefined) throw new Error(`Zelly has no environment ${environment}`);
  return found;
}

/** Zelly's root of one environment. @param config values to make it with. @default - the environment's own */
export function synthesizeZelly(environment: string, config = zellyConfig(environment)): Synthesized {
  return new Synthesized((app) => new ZellyStack(app, `zelly-${environment}`, { environment, config, backend: "s3" }));
}

/** Every root as the configuration has it, synthesized when it is first looked at. */
export const ZELLY = Object.keys(zellyEnvironments).map((environment) => [environment, once(() => synthesizeZelly(environment))] as const);

/** A container as a task definition has it. */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string }[];
  readonly mountPoints: readonly { readonly containerPath: string; readonly sourceVolume: string }[];
  readonly portMappings: readonly { readonly containerPort: number }[];
}

/** Containers of a task, by the address of its service. */
export function containers(root: Synthesized, task: string): readonly ContainerDefinition[] {
  return JSON.parse(String(root.byName(EcsTaskDefinition)[`${task}_task_definition`]?.["container_definitions"]));
}
