import { configurationFaults } from "./checks/configuration-check";
import { fillValues } from "./fakes/fill-values";
import { ConfigView } from "./planning/config-view";
import { applyFaults } from "./planning/consistency";
import { planResource, type ResourcePlan } from "./planning/plan-resource";
import { specialCaseOf } from "./planning/special-cases/special-cases";
import { type Fault, isError } from "./protocol/fault";
import { isMap, type ValueMap } from "./protocol/value";
import { conform } from "./protocol/value-codec";
import { type ProviderSettings, placeWithin } from "./provider-settings";
import type { TypeSchema } from "./schema/schema-catalog";
import { type TakenName, uniqueNameOf } from "./world/unique-name";
import type { World } from "./world/world";

/** One change, as Terraform asks for it. */
export interface ResourceChange {
  readonly config: ValueMap;
  /** The resource as it is; undefined when it is created. */
  readonly prior: ValueMap | undefined;
  /** What was planned. */
  readonly planned: ValueMap;
}

export interface Applied {
  /** The resource as it is now: what it was before, when there are faults; null when it does not exist. */
  readonly state: ValueMap | null;
  readonly faults: readonly Fault[];
}

/** What happens to managed resources, whatever their provider. */
export class ResourceService {
  /** @param root whose resources these are: names are taken in its name. */
  constructor(
    private readonly world: World,
    private readonly root: string,
  ) {}

  /** Faults of a configuration, as far as its values are known. */
  check(schema: TypeSchema, config: ValueMap): Fault[] {
    const view = new ConfigView(config);
    specialCaseOf(schema.name)?.check?.(view);
    return [...configurationFaults(schema, config, this.world.report), ...view.faults];
  }

  plan(schema: TypeSchema, { config, prior }: Omit<ResourceChange, "planned">, settings: ProviderSettings): ResourcePlan {
    return planResource(schema, config, prior, settings);
  }

  /** Creates or updates. Values that became known only now are checked now. */
  apply(schema: TypeSchema, { config, prior, planned }: ResourceChange, settings: ProviderSettings): Applied {
    const failed = (faults: readonly Fault[]): Applied => ({ state: prior ?? null, faults });
    // Planned once more, with everything known: only what AWS makes is still open.
    const final = planResource(schema, config, prior, settings);
    const faults = [...this.check(schema, config), ...final.faults];
    if (faults.some(isError)) return failed(faults);
    const place = placeWithin(settings, final.planned);
    const made = fillValues(schema.block, final.planned, {
      type: schema.name,
      place,
      serials: this.world.serials,
      report: this.world.report,
      prior,
    });
    const state = conform(made, schema.type);
    if (!isMap(state)) throw new TypeError(`${schema.name}: a state is an object`);
    const contradictions = applyFaults(schema.block, planned, state);
    if (contradictions.length > 0) return failed(contradictions);
    const collision = this.takeName(
      schema.name,
      uniqueNameOf(schema.name, state, place),
      prior === undefined ? undefined : uniqueNameOf(schema.name, prior, placeWithin(settings, prior)),
    );
    if (collision !== undefined) return failed([collision]);
    this.world.objects.put(schema.name, place.account, state);
    this.world.secrets.write(schema, config, state, prior);
    return { state, faults };
  }

  destroy(schema: TypeSchema, prior: ValueMap, settings: ProviderSettings): void {
    const place = placeWithin(settings, prior);
    const name = uniqueNameOf(schema.name, prior, place);
    if (name !== undefined) this.world.names.free(name);
    this.world.objects.remove(schema.name, place.account, prior);
    this.world.secrets.remove(schema, prior);
  }

  /** Reads a resource back: nobody but Terraform changes anything here. */
  read(schema: TypeSchema, state: ValueMap, settings: ProviderSettings): ValueMap {
    this.world.objects.put(schema.name, placeWithin(settings, state).account, state);
    return state;
  }

  private takeName(type: string, name: TakenName | undefined, former: TakenName | undefined): Fault | undefined {
    if (name?.key === former?.key) return undefined;
    const collision = name === undefined ? undefined : this.world.names.take(name, type, this.root);
    if (collision !== undefined) {
      this.world.report.duplicateName(name?.label ?? type);
      return collision;
    }
    if (former !== undefined) this.world.names.free(former);
    return undefined;
  }
}
