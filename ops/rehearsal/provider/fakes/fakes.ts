import { CACHE_FAKES } from "./caches";
import { COMPUTE_FAKES } from "./compute";
import { DATABASE_FAKES } from "./databases";
import { DELIVERY_FAKES } from "./delivery";
import type { Fakes } from "./fake-resource";
import { LOAD_BALANCING_FAKES } from "./load-balancing";
import { MESSAGING_FAKES } from "./messaging";
import { NETWORK_FAKES } from "./network";
import { SECURITY_FAKES } from "./security";
import { STORAGE_FAKES } from "./storage";
import { STREAMING_FAKES } from "./streaming";

const ALL: Readonly<Record<string, Fakes>> = {
  ...CACHE_FAKES,
  ...COMPUTE_FAKES,
  ...DATABASE_FAKES,
  ...DELIVERY_FAKES,
  ...LOAD_BALANCING_FAKES,
  ...MESSAGING_FAKES,
  ...NETWORK_FAKES,
  ...SECURITY_FAKES,
  ...STORAGE_FAKES,
  ...STREAMING_FAKES,
};

/** How AWS makes the computed attributes of a type; empty for a type that no table knows. */
export function fakesOf(type: string): Fakes {
  return ALL[type] ?? {};
}
