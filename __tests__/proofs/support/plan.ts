type Path = readonly (string | number)[];

/** What a plan does with one resource. */
export interface PlannedChange {
  /** As Terraform has them: `update`, `delete create` for a replacement, `create delete` for one before the old goes, `no-op`. */
  readonly actions: string;
  /** Paths whose change replaces it, sorted, and `replace_triggered_by`; none for anything else. */
  readonly because: readonly string[];
  /** Address before a move. */
  readonly movedFrom?: string;
}

interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly previous_address?: string;
  readonly action_reason?: string;
  readonly change: { readonly actions: readonly string[]; readonly replace_paths?: readonly Path[] };
}

/** A saved plan, read from Terraform's own JSON. */
export class Plan {
  private readonly changes: ReadonlyMap<string, PlannedChange>;

  /** @param json what `terraform show -json` prints for the plan. */
  constructor(json: string) {
    const { resource_changes } = JSON.parse(json) as { resource_changes: readonly ResourceChange[] };
    this.changes = new Map(resource_changes.filter(({ mode }) => mode === "managed").map((change) => [change.address, planned(change)]));
  }

  /** Addresses of everything that does not stay as it is, where it is. */
  get changed(): readonly string[] {
    const stays = ({ actions, movedFrom }: PlannedChange): boolean => actions === "no-op" && movedFrom === undefined;
    return [...this.changes].filter(([, change]) => !stays(change)).map(([address]) => address);
  }

  /** Every address of the plan that a pattern names: one address, or `aws_subnet.*` for all of a type. */
  addresses(pattern: string): readonly string[] {
    const all = [...this.changes.keys()];
    if (!pattern.endsWith(".*")) return all.filter((address) => address === pattern);
    return all.filter((address) => address.startsWith(pattern.slice(0, -1)));
  }

  /** What happens to one address; undefined when the plan has none of that name. */
  find(address: string): PlannedChange | undefined {
    return this.changes.get(address);
  }
}

function planned({ previous_address, action_reason, change }: ResourceChange): PlannedChange {
  const paths = (change.replace_paths ?? []).map((path) => path.join("."));
  return {
    actions: change.actions.join(" "),
    because: (action_reason === "replace_by_triggers" ? [...paths, "replace_triggered_by"] : paths).sort(),
    ...(previous_address === undefined ? {} : { movedFrom: previous_address }),
  };
}
