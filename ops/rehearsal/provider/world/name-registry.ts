import type { Fault } from "../protocol/fault";
import { ValuePath } from "../protocol/value-path";
import type { TakenName } from "./unique-name";

interface Holder {
  readonly type: string;
  readonly root: string;
  /** False once its holder was destroyed: other roots still may not take the name, since both would be deployed. */
  readonly exists: boolean;
}

/** Every name that the roots of one rehearsal took. */
export class NameRegistry {
  private readonly holders = new Map<string, Holder>();

  /**
   * Takes a name for a resource that is about to be created.
   *
   * @returns a fault when somebody has it: another resource, this one's predecessor that is not yet destroyed, or another root.
   */
  take(name: TakenName, type: string, root: string): Fault | undefined {
    const holder = this.holders.get(name.key);
    if (holder !== undefined && (holder.exists || holder.root !== root)) return this.collision(name, holder, root);
    this.holders.set(name.key, { type, root, exists: true });
    return undefined;
  }

  /** Gives a name back to its root. */
  free(name: TakenName): void {
    const holder = this.holders.get(name.key);
    if (holder !== undefined) this.holders.set(name.key, { ...holder, exists: false });
  }

  clear(): void {
    this.holders.clear();
  }

  private collision(name: TakenName, holder: Holder, root: string): Fault {
    const whose = holder.root === root ? "" : ` by root ${holder.root}`;
    const advice =
      holder.type === name.label.split(" ")[0] && holder.root === root
        ? "give one of the two another name, and one that is replaced before it is destroyed a name prefix"
        : "give one of the two another name";
    return {
      summary: "Name taken",
      detail: `${name.label}: exists already, created earlier in this rehearsal${whose} as ${holder.type}; ${advice}`,
      ...(name.attribute === undefined ? {} : { path: ValuePath.of(name.attribute) }),
    };
  }
}
