import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { contains } from "../../config/cidr";
import type { Body, Synthesized } from "../support/synthesized";

interface Condition {
  readonly host_header?: { readonly values: readonly string[] };
  readonly source_ip?: { readonly values: readonly string[] };
}

interface Action {
  readonly type: string;
  readonly target_group_arn?: string;
  readonly fixed_response?: { readonly status_code: string };
}

/** A request as far as the balancer's rules look at it. */
export interface Request {
  readonly host: string;
  /** Where it comes from. @default - an address that no list has */
  readonly from?: string;
}

/**
 * Where the balancer sends a request, as Terraform reads its rules: the first that fits by priority, or else the listener's own
 * action. One line for each action: `sign in`, the name of an ECS service, or the status of a refusal.
 */
export function routed(root: Synthesized, { host, from = "198.51.100.7" }: Request): string {
  const listener = root.byName(LbListener)["alb_https_listener"];
  const fits = ({ host_header, source_ip, ...unknown }: Condition): boolean => {
    if (Object.keys(unknown).length > 0) throw new Error(`the balancer asks for ${Object.keys(unknown)}, which no request here has`);
    // Without regard to case, as AWS compares hosts.
    const named = host_header === undefined || host_header.values.includes(host.toLowerCase());
    return named && (source_ip === undefined || source_ip.values.some((block) => contains(block, `${from}/32`)));
  };
  const rules = [...root.all(LbListenerRule)].sort((a, b) => Number(a["priority"]) - Number(b["priority"]));
  const rule = rules.find(({ condition }) => (condition as Condition[]).every(fits));
  const actions = (rule?.["action"] ?? listener?.["default_action"]) as Action[];
  return actions.map((action) => done(root, action)).join(", ");
}

function done(root: Synthesized, { type, target_group_arn, fixed_response }: Action): string {
  if (type === "authenticate-cognito") return "sign in";
  if (type === "fixed-response") return `refused with ${fixed_response?.status_code}`;
  const serves = (service: Body): boolean =>
    (service["load_balancer"] as Body[]).some((target) => target["target_group_arn"] === target_group_arn);
  const [service, ...others] = root.all(EcsService).filter(serves);
  if (service === undefined || others.length > 0) throw new Error(`expected one service behind ${target_group_arn}`);
  return String(service["name"]);
}
