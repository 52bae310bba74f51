import { type Fault, fault } from "./config-error";

/** A field that claims what one alone can have: a name in AWS, a host, a place of the state. */
export interface Claim {
  /** Where the field stands, from the system on. */
  readonly path: readonly PropertyKey[];
  readonly got: unknown;
  /** What is claimed, with whatever it is unique in. */
  readonly taken: string;
  /** How the fault of a later claim names this one, for example `staging's dns.api`. */
  readonly owner: string;
  /** Claims of one group have a rule of their own, and no fault here. @default - every two claims have */
  readonly group?: string;
  /** @param owner of the claim that came first. */
  readonly rule: (owner: string) => string;
}

/** Faults of claims on what an earlier one has. */
export function claimFaults(claims: readonly Claim[]): Fault[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const other = first.get(claim.taken);
    if (other === undefined) first.set(claim.taken, claim);
    if (other === undefined || (other.group !== undefined && other.group === claim.group)) return [];
    return [fault(claim.path, claim.rule(other.owner), claim.got)];
  });
}

/** What an environment does about a thing that its account, or a region of it, has one of. */
export interface Share<Otherwise extends string> {
  readonly environment: string;
  readonly path: readonly PropertyKey[];
  /** What has one: an account, or a region of it. */
  readonly place: string;
  readonly choice: "create" | Otherwise;
}

/**
 * Faults of places where a thing is made twice, or by nobody.
 *
 * @param thing what it is, for example `provider`.
 * @param otherwise what stands in the environments that do not make it.
 */
export function makerFaults<Otherwise extends string>(
  shares: readonly Share<Otherwise>[],
  { thing, otherwise }: { readonly thing: string; readonly otherwise: Otherwise },
): Fault[] {
  return shares.flatMap(({ environment, path, place, choice }) => {
    const maker = shares.find((other) => other.place === place && other.choice === "create")?.environment;
    if (maker === undefined) return [fault(path, 'must be "create", because no environment of the account makes it', choice)];
    if (choice === "create" && maker !== environment)
      return [fault(path, `must be "${otherwise}", because ${maker} makes the account's one ${thing}`, choice)];
    return [];
  });
}
