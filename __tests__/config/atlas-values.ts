import { atlasEnvironments, atlasFaults } from "../../config/atlas";
import type { AtlasConfig } from "../../config/atlas-schema";
import { type Changes, withChanges } from "./with-changes";

/** The two environments of the real configuration. */
export interface AtlasEnvironments {
  readonly staging: AtlasConfig;
  readonly prod: AtlasConfig;
}

/** Brokers that other networks may connect to, with nobody named: AWS's own services come. */
export const MULTI_VPC = { multiVpc: { clients: [] } };
/** Copies of one topic, for one reader. It takes {@link MULTI_VPC}. */
export const EXPORTS = { topics: ["events.raw"], keepDays: 30, readers: ["arn:aws:iam::555555555555:role/analysts"] };
/** A user pool that asks who may see Kafka UI. */
export const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:us-east-1:555555555555:userpool/us-east-1_AbCdEf123",
  clientId: "1example23456789",
  domain: "atlas-operators",
};

/** The real values with some of them replaced. */
export function valuesWith(changes: Changes = {}): AtlasEnvironments {
  return withChanges<AtlasEnvironments>(atlasEnvironments, changes);
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Changes): readonly string[] {
  return atlasFaults({ ...valuesWith(changes) });
}
