import { createHash } from "node:crypto";
import { FaultError } from "../protocol/fault";
import { asText, blocksOf, elementsOf, isEmpty, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";
import type { ReportBuilder } from "../provider-report";
import type { StoredObject } from "../world/object-store";
import type { Place } from "../world/place";
import type { World } from "../world/world";

/** Answers one data source: the attributes that it fills. */
export type DataSource = (query: DataQuery) => ValueMap;

export type DataSources = Readonly<Record<string, DataSource>>;

/** What a data source is asked, and what it may know. */
export class DataQuery {
  constructor(
    readonly type: string,
    readonly config: ValueMap,
    readonly place: Place,
    readonly world: World,
    private readonly report: ReportBuilder,
  ) {}

  value(name: string): Value {
    return this.config[name] ?? null;
  }

  text(name: string): string | undefined {
    const text = asText(this.value(name));
    return text === "" ? undefined : text;
  }

  isSet(name: string): boolean {
    return !isEmpty(this.value(name));
  }

  /** Values that the filter blocks ask for, by filter. */
  filters(): ReadonlyMap<string, readonly string[]> {
    const isText = (value: Value): value is string => typeof value === "string";
    return new Map(
      blocksOf(this.value("filter")).map((filter) => [asText(filter["name"]) ?? "", elementsOf(filter["values"]).filter(isText)]),
    );
  }

  arn(service: string, resource: string): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  globalArn(service: string, resource: string): string {
    return `arn:${this.place.partition}:${service}::${this.place.account}:${resource}`;
  }

  /** The one resource of this rehearsal that matches; undefined when there is none. */
  created(type: string, matches: (values: ValueMap) => boolean): StoredObject | undefined {
    return this.world.objects.find(type, matches).at(-1);
  }

  /** Says that the answer stands for something outside the roots. */
  assume(what: string): void {
    this.report.assumedToExist(`${this.type} ${what}`);
  }

  /**
   * Hex digits that are the same for the same question, so that an answer does not change between plans.
   *
   * @param length at most 59: the first five digits are `0fa4e`, which says that the id is fake.
   */
  stableHex(question: string, length: number): string {
    return `0fa4e${createHash("sha256").update(question).digest("hex")}`.slice(0, length);
  }

  /**
   * Ends the query with an error.
   *
   * @param rule the end of a sentence that begins with the attribute.
   */
  refuse(attribute: string, rule: string): never {
    throw new FaultError({ summary: "Data source has no answer", detail: `${attribute}: ${rule}`, path: ValuePath.of(attribute) });
  }
}
