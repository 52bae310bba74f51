/** One statement of an IAM policy, in the terms of IAM. */
export interface Statement {
  /** Letters and digits, unique in its document. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** ARNs. @default - none, as in a trust policy */
  readonly resources?: readonly string[];
  /** Every resource but these ARNs, in place of `resources`. For denials only: an allowance would reach the whole account. */
  readonly notResources?: readonly string[];
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
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, notResources, principal, condition }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principal,
      Action: oneOrMore(actions),
      Resource: resources === undefined ? undefined : oneOrMore(resources),
      NotResource: notResources === undefined ? undefined : oneOrMore(notResources),
      Condition: condition,
    })),
  });
}

/** Actions on objects. They are allowed on the objects below a bucket's ARN, never on the bucket itself. */
const OBJECT_ACTION = /^s3:([A-Za-z]*Object[A-Za-z]*|AbortMultipartUpload|ListMultipartUploadParts)$/;

/**
 * Wildcards of a statement, in its actions and resources; of a denial, which may be as wide as it likes, in what it spares.
 *
 * Two are none, because AWS has no other way to write them: `arn:…:log-group:name:*` where logs are written, the streams
 * of one group; `arn:…:::bucket/folder/*` where objects are read or written, those of one bucket or of one folder in it.
 */
export function wildcards({ effect = "Allow", actions, resources = [], notResources = [] }: Statement): string[] {
  if (effect === "Deny") return notResources.filter((resource) => /[*?]/.test(resource));
  const end = knownEnd(actions);
  const wild = (resource: string) => /[*?]/.test(end !== undefined && resource.endsWith(end) ? resource.slice(0, -end.length) : resource);
  return [...actions.filter((action) => /[*?]/.test(action)), ...resources.filter(wild)];
}

/** How resources may end without being wild. */
function knownEnd(actions: readonly string[]): string | undefined {
  if (actions.every((action) => action.startsWith("logs:"))) return ":*";
  if (actions.every((action) => OBJECT_ACTION.test(action))) return "/*";
  return undefined;
}

/** IAM gives a single element back as a bare string; writing it so keeps plans quiet. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...rest] = values;
  return first !== undefined && rest.length === 0 ? first : values;
}
