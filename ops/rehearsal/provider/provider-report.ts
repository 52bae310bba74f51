import type { OverlayNotes } from "./schema/facts-overlay";

/** What a host found out, and what it had to leave open. Each list is sorted and holds each entry once. */
export interface ProviderReport {
  /** Resource types in use that the facts table lacks: no replacement, defaults, values or conflicts are known for them. */
  readonly typesWithoutFacts: readonly string[];
  /** Attributes of such types that were taken for computed or sensitive by their name or use. */
  readonly guesses: readonly string[];
  /** Blocks whose shape comes from what the configurations write: nothing inside is checked. */
  readonly inferredShapes: readonly string[];
  /** Facts about attributes that the bindings do not have, so that they are of another provider release. */
  readonly unmatchedFacts: readonly string[];
  /** Patterns of the facts that JavaScript cannot read. */
  readonly skippedPatterns: readonly string[];
  /** Computed attributes whose value follows no known format. */
  readonly placeholders: readonly string[];
  /** Objects outside the roots that data sources took for existing. */
  readonly assumedToExist: readonly string[];
  /** Data sources in use that the rehearsal cannot answer. */
  readonly unsupportedDataSources: readonly string[];
  /** Ephemeral resources in use that the rehearsal cannot open. */
  readonly unsupportedEphemerals: readonly string[];
  /** Names that were asked for twice. */
  readonly duplicateNames: readonly string[];
}

/** Collects a {@link ProviderReport} while the host works. */
export class ReportBuilder {
  private readonly found = new Map<keyof ProviderReport, Set<string>>();

  private add(list: keyof ProviderReport, entry: string): void {
    const entries = this.found.get(list) ?? new Set();
    this.found.set(list, entries.add(entry));
  }

  typeWithoutFacts(type: string): void {
    this.add("typesWithoutFacts", type);
  }

  overlayNotes(type: string): OverlayNotes {
    return {
      inferred: (path) => this.add("inferredShapes", `${type}.${path}`),
      unmatched: (path) => this.add("unmatchedFacts", `${type}.${path}`),
      guessed: (path, what) => this.add("guesses", `${type}.${path}: ${what}`),
    };
  }

  skippedPattern(type: string, path: string, pattern: string): void {
    this.add("skippedPatterns", `${type}.${path}: ${pattern}`);
  }

  placeholder(type: string, path: string): void {
    this.add("placeholders", `${type}.${path}`);
  }

  assumedToExist(what: string): void {
    this.add("assumedToExist", what);
  }

  unsupportedDataSource(type: string): void {
    this.add("unsupportedDataSources", type);
  }

  unsupportedEphemeral(type: string): void {
    this.add("unsupportedEphemerals", type);
  }

  duplicateName(name: string): void {
    this.add("duplicateNames", name);
  }

  /** @param others builders whose entries belong in too. */
  build(...others: readonly ReportBuilder[]): ProviderReport {
    const list = (name: keyof ProviderReport): readonly string[] =>
      [...new Set([this, ...others].flatMap((builder) => [...(builder.found.get(name) ?? [])]))].sort();
    return {
      typesWithoutFacts: list("typesWithoutFacts"),
      guesses: list("guesses"),
      inferredShapes: list("inferredShapes"),
      unmatchedFacts: list("unmatchedFacts"),
      skippedPatterns: list("skippedPatterns"),
      placeholders: list("placeholders"),
      assumedToExist: list("assumedToExist"),
      unsupportedDataSources: list("unsupportedDataSources"),
      unsupportedEphemerals: list("unsupportedEphemerals"),
      duplicateNames: list("duplicateNames"),
    };
  }
}
