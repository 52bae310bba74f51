import type { EdgeFact, Fact, InventoryDocument, PartFact } from "../../constructs/base/inventory-facts";
import { inEach, type MergedFact, mergedFacts } from "./merged-facts";

/** Order of parts in a system's table: what holds the rest, what keeps data, what works, what stands in front. */
const PART_ORDER: Readonly<Record<PartFact["kind"], number>> = {
  network: 0,
  database: 1,
  table: 2,
  cache: 3,
  kafka: 4,
  fileSystem: 5,
  bucket: 6,
  userPool: 7,
  instance: 8,
  cluster: 9,
  service: 10,
  function: 11,
  loadBalancer: 12,
  api: 13,
  distribution: 14,
  vpn: 15,
  registry: 16,
};
const PART_KINDS = (Object.keys(PART_ORDER) as PartFact["kind"][]).sort((a, b) => PART_ORDER[a] - PART_ORDER[b]);

export interface ArchitectureSources {
  readonly inventories: readonly InventoryDocument[];
  /** What only a person can say of a system, by its name. It stands before the tables. */
  readonly notes: ReadonlyMap<string, string>;
}

/** docs/architecture.md: every system as its roots' inventories describe it. The same text for the same inventories. */
export function architecturePage({ inventories, notes }: ArchitectureSources): string {
  const systems = [...new Set(inventories.map(({ system }) => system))].sort();
  const sections = systems.map((system) => {
    const own = inventories.filter((inventory) => inventory.system === system);
    return systemSection(system, own, notes.get(system) ?? "");
  });
  return [
    "# Architecture",
    "",
    "<!-- Written by `npm run ops -- docs --write` from what synthesis states. Notes on a system stand in docs/systems. -->",
    "",
    ...sections,
  ].join("\n");
}

function systemSection(system: string, inventories: readonly InventoryDocument[], note: string): string {
  const environments = inventories.map(({ environment }) => environment);
  return [
    `## ${system}`,
    "",
    note.trim(),
    "",
    table(
      ["environment", "root", "region", "account", "names begin with"],
      inventories.map(({ environment, root, region, accountId, namePrefix }) => [
        environment,
        code(root),
        region,
        accountId,
        code(namePrefix),
      ]),
    ),
    "### Parts",
    "",
    partsTable(inventories, environments),
    "### Who reaches whom",
    "",
    edgesTable(inventories),
    "### Where requests go",
    "",
    requestsTable(inventories),
    "### Secrets",
    "",
    table(
      ["name", "keys", "set by"],
      mergedFacts(inventories, "secret").map((fact) => [
        code(inEach(fact, ({ name }) => name)),
        inEach(fact, ({ keys }) => keys.map(code).join(", ") || "one value"),
        inEach(fact, ({ setBy }) => setBy),
      ]),
    ),
    "### Alarms",
    "",
    table(
      ["name", "means", "no data means", "runbook"],
      mergedFacts(inventories, "alarm").map((fact) => [
        code(inEach(fact, ({ name }) => name)),
        inEach(fact, ({ means }) => means),
        inEach(fact, ({ missingData }) => missingData),
        inEach(fact, ({ runbook }) => `[${runbook.split("#")[0]}](runbooks/${runbook})`),
      ]),
    ),
    "### Logs, dashboards, certificates",
    "",
    table(
      ["kind", "name", "kept, or for"],
      [
        ...mergedFacts(inventories, "logGroup").map((fact) => [
          "log group",
          code(fact.id),
          inEach(fact, ({ retentionDays }) => `${retentionDays} days`),
        ]),
        ...mergedFacts(inventories, "dashboard").map((fact) => ["dashboard", code(fact.id), ""]),
        ...mergedFacts(inventories, "certificate").map((fact) => ["certificate", code(fact.id), inEach(fact, ({ domain }) => domain)]),
      ],
    ),
    "### Exceptions",
    "",
    "Safeguards that are off and wildcards that are allowed, with the reason that was given.",
    "",
    table(
      ["what", "because", "where"],
      mergedFacts(inventories, "exception").map((fact) => [
        inEach(fact, ({ what }) => what),
        inEach(fact, ({ because }) => because),
        where(fact, environments),
      ]),
    ),
  ].join("\n");
}

function partsTable(inventories: readonly InventoryDocument[], environments: readonly string[]): string {
  const edges = mergedFacts(inventories, "edge");
  const rows = PART_KINDS.flatMap((kind) => mergedFacts<PartFact["kind"]>(inventories, kind)).map((part) => [
    code(inEach(part, ({ name }) => name)),
    inEach(part, ({ why }) => why),
    ...environments.map((environment) => part.by.get(environment)?.size ?? "none"),
    reachedBy(part.id, edges),
    inEach(part, ({ stateful }) => (stateful ? "yes" : "no")),
    inEach(part, ({ fails }) => fails),
  ]);
  return table(["part", "why", ...environments, "reached by", "keeps data", "how it fails"], rows);
}

function reachedBy(part: string, edges: readonly MergedFact<EdgeFact>[]): string {
  const peers = edges.flatMap(({ by }) => [...by.values()]).filter(({ to }) => to === part);
  return [...new Set(peers.map(({ from }) => from))].sort().join(", ");
}

function edgesTable(inventories: readonly InventoryDocument[]): string {
  const environments = inventories.map(({ environment }) => environment);
  return table(
    ["from", "to", "port", "because", "where"],
    mergedFacts(inventories, "edge").map((edge) => [
      inEach(edge, ({ from }) => from),
      inEach(edge, ({ to }) => to),
      inEach(edge, ({ protocol, port }) => `${protocol}/${port}`),
      inEach(edge, ({ because }) => because),
      where(edge, environments),
    ]),
  );
}

/** Every way in, and what each request of it reaches: listeners of balancers, paths of a distribution, routes of an API. */
function requestsTable(inventories: readonly InventoryDocument[]): string {
  const environments = inventories.map(({ environment }) => environment);
  const rows = new Map<string, { readonly cells: readonly string[]; readonly in: Set<string> }>();
  const add = (environment: string, ...cells: string[]): void => {
    const key = JSON.stringify(cells);
    const row = rows.get(key) ?? { cells, in: new Set<string>() };
    row.in.add(environment);
    rows.set(key, row);
  };
  const each = <K extends "api" | "distribution" | "loadBalancer">(kind: K) =>
    mergedFacts(inventories, kind).flatMap(({ by }) => [...by.entries()]);
  for (const [environment, { name, behaviours }] of each("distribution"))
    for (const { path, to } of behaviours) add(environment, code(name), code(path), to, "everybody");
  for (const [environment, { name, routes }] of each("api"))
    for (const { method, path, to, access } of routes) add(environment, code(name), code(`${method} ${path}`), to, access);
  for (const [environment, { name, listeners }] of each("loadBalancer"))
    for (const { port, protocol, to } of listeners) add(environment, code(name), `${protocol}, port ${port}`, to, "");
  return table(
    ["at", "request", "goes to", "open to", "where"],
    [...rows.values()].map(({ cells, in: found }) => [...cells, found.size === environments.length ? "everywhere" : [...found].join(", ")]),
  );
}

function where<F extends Fact>({ by }: MergedFact<F>, environments: readonly string[]): string {
  return by.size === environments.length ? "everywhere" : [...by.keys()].join(", ");
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "None.\n";
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line), ""].join("\n");
}
