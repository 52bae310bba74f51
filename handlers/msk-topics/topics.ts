import { createHash } from "node:crypto";
import type { FoundTopic, SettingChange, TopicPlan, TopicStep, WantedTopic } from "./topic-model";

export interface PlanOptions {
  readonly wanted: readonly WantedTopic[];
  readonly found: readonly FoundTopic[];
  /** Whether topics that are found and not wanted may go, with their messages. */
  readonly allowDelete: boolean;
}

/** Order in which kinds of steps are made: what makes room for messages first, what throws them away last. */
const KINDS: readonly TopicStep["kind"][] = ["create", "addPartitions", "alterSettings", "delete"];

/**
 * Compares the topics that are wanted with those that are found. The same topics make the same plan, in whatever order they
 * come.
 *
 * Kafka takes no partition away, and changes replicas only by moving partitions: such a wish is refused, and never answered
 * by making the topic anew.
 */
export function planTopics({ wanted, found, allowDelete }: PlanOptions): TopicPlan {
  const foundByName = new Map(found.map((topic) => [topic.name, topic]));
  const wantedNames = new Set(wanted.map(({ name }) => name));
  const compared = wanted.map((topic) => compare(topic, foundByName.get(topic.name)));
  const unwanted = inOrder(found.filter(({ name }) => !wantedNames.has(name)));
  const deletions: readonly TopicStep[] = unwanted.map(({ name, partitions }) => ({ kind: "delete", topic: name, partitions }));
  const steps = [...compared.flatMap((comparison) => comparison.steps), ...(allowDelete ? deletions : [])].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || byText(a.topic, b.topic),
  );
  const kept = allowDelete ? [] : unwanted.map(({ name, partitions }) => ({ topic: name, partitions }));
  const refusals = compared.flatMap((comparison) => comparison.refusals).sort(byText);
  const content = { steps, kept, refusals };
  return { id: createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16), ...content };
}

function compare(wanted: WantedTopic, found: FoundTopic | undefined): { readonly steps: TopicStep[]; readonly refusals: string[] } {
  const { name: topic, partitions, replicas, settings } = wanted;
  if (found === undefined)
    return { steps: [{ kind: "create", topic, partitions, replicas, settings: sortedByKey(settings) }], refusals: [] };
  const refusals = refusalsOf(wanted, found);
  if (refusals.length > 0) return { steps: [], refusals };
  const steps: TopicStep[] = [];
  if (partitions > found.partitions) steps.push({ kind: "addPartitions", topic, from: found.partitions, to: partitions });
  const changes = settingChanges(settings, found.settings);
  if (changes.length > 0) steps.push({ kind: "alterSettings", topic, changes });
  return { steps, refusals: [] };
}

function refusalsOf({ name, partitions, replicas }: WantedTopic, found: FoundTopic): string[] {
  const refusals: string[] = [];
  if (partitions < found.partitions) {
    refusals.push(
      `topic ${name}: partitions must not go under the ${found.partitions} that it has, as Kafka takes none away, got ${partitions}; ` +
        `keep ${found.partitions}, or make another topic and move to it`,
    );
  }
  if (replicas !== found.replicas) {
    refusals.push(
      `topic ${name}: replicas must stay ${found.replicas}, as only a reassignment of its partitions changes them, got ${replicas}; ` +
        `keep ${found.replicas}, or reassign first`,
    );
  }
  return refusals;
}

function settingChanges(wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>>): SettingChange[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  return names
    .map((setting) => ({ setting, from: found[setting] ?? null, to: wanted[setting] ?? null }))
    .filter(({ from, to }) => from !== to);
}

function inOrder(topics: readonly FoundTopic[]): FoundTopic[] {
  return [...topics].sort((a, b) => byText(a.name, b.name));
}

function sortedByKey(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).sort(([a], [b]) => byText(a, b)));
}

/** Code units, not the machine's language: the same order everywhere. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
