import { canonical, isSame, type Value } from "../protocol/value";

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Texts that are the same JSON: white space and the order of keys do not count. */
export function isSameJson(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parse(a), parse(b)];
  return left !== undefined && right !== undefined && isSame(left, right);
}

/** Lists of a container that AWS keeps in no order: the key that tells their elements apart. */
const UNORDERED: Readonly<Record<string, string>> = {
  environment: "name",
  secrets: "name",
  environmentFiles: "value",
  mountPoints: "containerPath",
  portMappings: "containerPort",
  ulimits: "name",
};

function withoutOrder(container: unknown): unknown {
  if (typeof container !== "object" || container === null) return container;
  const members = Object.entries(container).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(
    members.map(([name, value]) => {
      const key = UNORDERED[name];
      if (key === undefined || !Array.isArray(value)) return [name, value];
      return [name, [...value].sort((a, b) => (String(a?.[key]) < String(b?.[key]) ? -1 : 1))];
    }),
  );
}

/** Container definitions that mean the same: the order of containers, variables, secrets, ports and mounts does not count, nor do empty lists. */
export function isSameContainers(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)];
  if (!Array.isArray(left) || !Array.isArray(right)) return a === b;
  const comparable = (containers: readonly unknown[]): string[] =>
    containers.map((container) => canonical(withoutOrder(container) as Value)).sort();
  return comparable(left).join() === comparable(right).join();
}
