import { asText, type Value } from "../protocol/value";
import type { Place } from "../world/place";
import type { Serials } from "../world/serials";

/** A time that nothing in AWS can have. */
export const FAKE_TIME = "2000-01-01T00:00:00Z";

/** Makes what AWS would make: a value for one computed attribute. */
export type Fake = (resource: FakeResource) => Value;

/** Fakes of one type, by path: names with dots below the top level. */
export type Fakes = Readonly<Record<string, Fake>>;

/** A resource while its computed attributes are made. All that is made here says that it is fake. */
export class FakeResource {
  /**
   * @param read a top-level value; made first when it is still to be made.
   * @param given a top-level value as it was planned; null when it is still to be made.
   * @param before the value before an update; null on create.
   */
  constructor(
    readonly type: string,
    readonly place: Place,
    private readonly serials: Serials,
    private readonly read: (name: string) => Value,
    readonly given: (name: string) => Value,
    readonly before: (name: string) => Value,
  ) {}

  value(name: string): Value {
    return this.read(name);
  }

  /** A text value; empty when it is null. */
  text(name: string): string {
    const value = this.read(name);
    return typeof value === "number" ? String(value) : (asText(value) ?? "");
  }

  /** What follows the last `/` or `:` of an ARN, path or URL. */
  lastOf(name: string): string {
    return this.text(name).split(/[/:]/).at(-1) ?? "";
  }

  serial(): number {
    return this.serials.next();
  }

  /** An id such as `vpc-0fa4e000000000001`: seventeen hex digits. */
  hexId(prefix: string): string {
    return `${prefix}-0fa4e${String(this.serial()).padStart(12, "0")}`;
  }

  uuid(): string {
    return `fa4e0000-0000-4000-8000-${String(this.serial()).padStart(12, "0")}`;
  }

  /** Upper-case letters and digits, as in `AROAFAKE0000000000001`. */
  letters(prefix: string, length: number): string {
    return `${prefix}FAKE${String(this.serial()).padStart(length - prefix.length - 4, "0")}`;
  }

  /** Lower-case letters and digits. */
  word(length: number): string {
    return `fake${String(this.serial()).padStart(length - 4, "0")}`;
  }

  /** A name made from a prefix: AWS's provider appends 26 characters too. */
  generatedName(prefix: string): string {
    return `${prefix}rehearsal${String(this.serial()).padStart(17, "0")}`;
  }

  /** ARN of something in this account and region. */
  arn(service: string, resource: string): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  /** ARN of something in this account that has no region. */
  globalArn(service: string, resource: string): string {
    return `arn:${this.place.partition}:${service}::${this.place.account}:${resource}`;
  }

  /** Host name of a regional service. */
  host(service: string): string {
    return `${service}.${this.place.region}.${this.place.dnsSuffix}`;
  }
}

/** The value of another attribute. */
export const same =
  (name: string): Fake =>
  (r) =>
    r.value(name);

export const fixed =
  (value: Value): Fake =>
  () =>
    value;
