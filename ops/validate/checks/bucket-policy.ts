/** One statement of a policy, as far as it is read here. */
export interface PolicyStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Values by operator and key, in lower case both. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** Statements of a policy's text; none for no policy, and for a text that is no policy. */
export function policyStatements(text: string | undefined): readonly PolicyStatement[] {
  const policy: unknown = text === undefined ? undefined : JSON.parse(text);
  return list(fieldOf(policy, "Statement")).map((statement) => ({
    effect: String(fieldOf(statement, "Effect")),
    actions: texts(fieldOf(statement, "Action")),
    resources: texts(fieldOf(statement, "Resource")),
    principals: principals(fieldOf(statement, "Principal")),
    conditions: conditions(fieldOf(statement, "Condition")),
  }));
}

/** Whether a statement refuses everybody who comes without TLS, to the bucket and to its objects. */
export function deniesPlainText(
  { effect, actions, resources, principals: who, conditions: when }: PolicyStatement,
  bucket: string,
): boolean {
  const everything = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`].every((resource) => resources.includes(resource));
  const plain = when.size === 1 && when.get("bool aws:securetransport")?.includes("false") === true;
  return effect === "Deny" && actions.includes("s3:*") && who.includes("*") && everything && plain;
}

/** What one distribution of CloudFront may do with a bucket, of the two things that it needs. */
export interface DistributionAccess {
  readonly reads: boolean;
  /** Without it, S3 says of an object that is missing that it is forbidden. */
  readonly lists: boolean;
}

/** What statements let one distribution do. Those that let everybody do it are not counted: a private bucket has none. */
export function distributionAccess(statements: readonly PolicyStatement[], bucket: string, arn: string): DistributionAccess {
  const own = statements.filter((statement) => admits(statement, arn));
  const may = (action: string, resource: string): boolean =>
    own.some(({ actions, resources }) => actions.includes(action) && resources.includes(resource));
  return { reads: may("s3:GetObject", `arn:aws:s3:::${bucket}/*`), lists: may("s3:ListBucket", `arn:aws:s3:::${bucket}`) };
}

function admits({ effect, principals: who, conditions: when }: PolicyStatement, arn: string): boolean {
  const only = when.get("stringequals aws:sourcearn") ?? when.get("arnlike aws:sourcearn") ?? [];
  return effect === "Allow" && who.includes("cloudfront.amazonaws.com") && only.includes(arn);
}

function principals(principal: unknown): readonly string[] {
  return typeof principal === "object" && principal !== null ? Object.values(principal).flatMap(texts) : texts(principal);
}

function conditions(condition: unknown): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys ?? {}).map(([key, values]) => [`${operator} ${key}`.toLowerCase(), texts(values)] as const),
  );
  return new Map(entries);
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}

function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

function texts(value: unknown): readonly string[] {
  return list(value).map(String);
}
