import { asText, type Value } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import { isUnset, type PlanDraft } from "../plan-draft";
import type { SpecialCases } from "../special-case";

/** Processor of an instance type, by the letter that Graviton families carry: `t4g.small` is arm64. */
function architectureOf(instanceType: Value): string | undefined {
  const [, generation] = /^[a-z]+\d+([a-z-]*)\./.exec(asText(instanceType) ?? "") ?? [];
  if (generation === undefined) return undefined;
  return generation.startsWith("g") || /^a1\./.test(asText(instanceType) ?? "") ? "arm64" : "x86_64";
}

function planInstance(draft: PlanDraft): void {
  const replacesOnUserData = draft.value("user_data_replace_on_change") === true;
  draft.replaceWhen("user_data", replacesOnUserData);
  draft.replaceWhen("user_data_base64", replacesOnUserData);
  const [before, after] = [architectureOf(draft.before("instance_type")), architectureOf(draft.value("instance_type"))];
  draft.replaceWhen("instance_type", before !== undefined && after !== undefined && before !== after);
  draft.replaceWhen("enable_primary_ipv6", draft.before("enable_primary_ipv6") === true);
}

/** Volume types with a number of operations that may be set, and those that want one. @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const VOLUMES = { iops: ["io1", "io2", "gp3"], needsIops: ["io1", "io2"], throughput: ["gp3"], multiAttach: ["io1", "io2"] } as const;

function checkVolume(config: ConfigView): void {
  const type = config.text("type") ?? (config.isUnset("type") ? "" : undefined);
  if (type === undefined) return;
  const only = (name: string, types: readonly string[]): void => {
    if (!types.includes(type))
      config.fault(name, `may be set for volumes of type ${types.join(", ")} only, got type "${type}"; leave it out or change the type`);
  };
  if (VOLUMES.needsIops.some((needing) => needing === type) && config.isUnset("iops"))
    config.fault("iops", `must be set for volumes of type "${type}"; set it`);
  if (config.isSet("iops")) only("iops", VOLUMES.iops);
  if (config.isSet("throughput")) only("throughput", VOLUMES.throughput);
  if (config.value("multi_attach_enabled") === true) only("multi_attach_enabled", VOLUMES.multiAttach);
  if (config.isSet("volume_initialization_rate") && config.isUnset("snapshot_id"))
    config.fault("volume_initialization_rate", "needs snapshot_id, which is not set; set it too");
}

function planService(draft: PlanDraft): void {
  const isForced = draft.value("force_new_deployment") === true;
  if (draft.isChanged("capacity_provider_strategy") && !isForced) {
    draft.fault("capacity_provider_strategy", "can be changed on an existing service only with force_new_deployment = true; set that too");
  }
  if (draft.isChanged("triggers") && (!isForced || isUnset(draft.value("triggers")))) draft.keep("triggers");
  if (draft.value("scheduling_strategy") === "DAEMON") {
    for (const name of ["desired_count", "deployment_maximum_percent", "deployment_minimum_healthy_percent"]) draft.keep(name);
  }
  const isNone = (value: Value): boolean => isUnset(value) || value === "NONE";
  if (isNone(draft.before("propagate_tags")) && isNone(draft.value("propagate_tags"))) draft.keep("propagate_tags");
}

function checkService(config: ConfigView): void {
  if (config.isSet("launch_type") && config.isSet("capacity_provider_strategy")) {
    config.fault("launch_type", "may not be set together with capacity_provider_strategy; leave one of them out");
  }
  config.each("ordered_placement_strategy", (strategy) => {
    const [type, field] = [strategy.text("type"), strategy.text("field")];
    if (type === "random" && strategy.isSet("field")) strategy.fault("field", 'may not be set with type "random"; leave it out');
    if (type === "binpack" && field !== undefined && !["cpu", "memory"].includes(field))
      strategy.fault("field", `must be cpu or memory for type "binpack", got "${field}"`);
  });
  config.each(
    "placement_constraints",
    (constraint) => {
      if (constraint.text("type") === "memberOf" && constraint.isUnset("expression"))
        constraint.fault("expression", 'must be set for type "memberOf"; set it');
    },
    "set",
  );
}

/** What makes new code of a function. */
const CODE = [
  "filename",
  "code_sha256",
  "source_code_hash",
  "s3_bucket",
  "s3_key",
  "s3_object_version",
  "source_kms_key_arn",
  "image_uri",
  "architectures",
];

function planFunction(draft: PlanDraft): void {
  if (isUnset(draft.config["source_code_hash"])) draft.keep("source_code_hash");
  if (draft.isAnyChanged(CODE)) draft.recompute("last_modified");
  const own = Object.keys(draft.planned).filter(
    (name) => !["tags", "tags_all", "last_modified", "version", "qualified_arn", "qualified_invoke_arn"].includes(name),
  );
  if (draft.value("publish") === true && draft.isAnyChanged(own)) draft.recompute("version", "qualified_arn", "qualified_invoke_arn");
  draft.replaceWhen("durable_config", isUnset(draft.before("durable_config")) !== isUnset(draft.value("durable_config")));
}

export const COMPUTE: SpecialCases = {
  aws_instance: {
    plan: planInstance,
    check: (config) => {
      config.each("credit_specification", (credit) => {
        const given = credit.text("cpu_credits");
        if (given !== undefined && !["standard", "unlimited"].includes(given))
          credit.fault("cpu_credits", `must be standard or unlimited, got "${given}"`);
      });
    },
  },
  aws_ebs_volume: {
    check: checkVolume,
    plan: (draft) => {
      const [before, after] = [draft.before("size"), draft.value("size")];
      if (typeof before === "number" && typeof after === "number" && after < before)
        draft.fault("size", `cannot shrink from ${before} to ${after} GiB; make a new volume`);
    },
  },
  aws_ecs_service: { check: checkService, plan: planService },
  aws_ecs_cluster_capacity_providers: {
    check: (config) => {
      if (config.text("cluster_name")?.startsWith("arn:") === true)
        config.fault("cluster_name", `must be the cluster's name and not its ARN, got "${config.text("cluster_name")}"`);
    },
  },
  aws_lambda_function: {
    plan: planFunction,
    check: (config) => {
      const packageType = config.isUnset("package_type") ? "Zip" : config.text("package_type");
      if (packageType !== "Zip") return;
      for (const name of ["handler", "runtime"]) if (config.isUnset(name)) config.fault(name, 'must be set for package_type "Zip"; set it');
    },
  },
  aws_sfn_state_machine: {
    plan: (draft) => {
      const ownAndTags = Object.keys(draft.planned).filter((name) => !["revision_id", "state_machine_version_arn"].includes(name));
      if (draft.value("publish") === true && draft.isAnyChanged(ownAndTags)) draft.recompute("revision_id", "state_machine_version_arn");
    },
  },
};
