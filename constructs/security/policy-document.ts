/** One statement of an IAM policy, in the terms of IAM. */
export interface Statement {
  /** Letters and digits, unique in its document. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** ARNs. @default - none, as in a trust policy */
  readonly resources?: readonly string[];
  /** For trust and resource policies. @default - none, as in a role's own policy */
  readonly principal?: Readonly<Record<string, string | readonly string[]>> | "*";
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why an action or a resource is a wildcard. It lands in a tag and in the inventory. */
  readonly wildcardBecause?: string;
}

/**
 * The JSON text of a policy, as IAM takes it. Plain text, so that scanners and reviewers can read it in the synthesized
 * output; a Terraform function would hide it from both.
 */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principal, condition }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principal,
      Action: oneOrMore(actions),
      Resource: resources === undefined ? undefined : oneOrMore(resources),
      Condition: condition,
    })),
  });
}

/**
 * Wildcards of a statement, in its actions and resources. `arn:…:log-group:name:*` is none where logs are written: it is
 * how AWS writes the streams of one group.
 */
export function wildcards({ actions, resources = [] }: Statement): string[] {
  const streams = actions.every((action) => action.startsWith("logs:"));
  const wild = (resource: string) => (streams && resource.endsWith(":*") ? resource.slice(0, -2) : resource).match(/[*?]/) !== null;
  return [...actions.filter((action) => /[*?]/.test(action)), ...resources.filter(wild)];
}

/** IAM gives a single element back as a bare string; writing it so keeps plans quiet. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...rest] = values;
  return first !== undefined && rest.length === 0 ? first : values;
}
