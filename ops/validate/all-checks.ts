import type { AlarmFact, Fact, InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Aws } from "./aws";
import type { Check } from "./check";
import { alarmChecks } from "./checks/alarm-checks";
import { balancerChecks } from "./checks/balancer-checks";
import { bucketChecks } from "./checks/bucket-checks";
import { cacheChecks } from "./checks/cache-checks";
import { certificateChecks } from "./checks/certificate-checks";
import { databaseChecks } from "./checks/database-checks";
import { distributionChecks } from "./checks/distribution-checks";
import { logGroupChecks } from "./checks/log-group-checks";
import { publicNameChecks } from "./checks/public-name-checks";
import { secretChecks } from "./checks/secret-checks";
import { securityGroupChecks } from "./checks/security-group-checks";
import { serviceChecks } from "./checks/service-checks";
import { stateChecks } from "./checks/state-checks";
import { wornGroupChecks } from "./checks/worn-groups";

/** Every check that a root's inventory asks for. */
export function allChecks(aws: Aws, inventory: InventoryDocument): readonly Check[] {
  const { root, facts } = inventory;
  const alarms = facts.filter((fact): fact is AlarmFact => fact.kind === "alarm");
  return [...facts.flatMap((fact) => checksOf(aws, inventory, fact)), ...alarmChecks(aws, root, alarms)];
}

function checksOf(aws: Aws, inventory: InventoryDocument, fact: Fact): readonly Check[] {
  const { root, facts } = inventory;
  switch (fact.kind) {
    case "database":
      return databaseChecks(aws, root, fact);
    case "cache":
      return cacheChecks(aws, root, fact);
    case "bucket":
      return bucketChecks(aws, inventory, fact);
    case "secret":
      return secretChecks(aws, inventory, fact);
    case "service":
      return serviceChecks(aws, inventory, fact);
    case "loadBalancer":
      return balancerChecks(aws, inventory, fact);
    case "certificate":
      return certificateChecks(aws, root, facts, fact);
    case "distribution":
      return distributionChecks(aws, inventory, fact);
    case "publicName":
      return publicNameChecks(aws, inventory, fact);
    case "securityGroup":
      return [...securityGroupChecks(aws, inventory, fact), ...wornGroupChecks(aws, inventory, fact)];
    case "logGroup":
      return logGroupChecks(aws, root, fact);
    case "function":
    case "instance":
    case "kafka":
    case "table":
    case "userPool":
      return stateChecks(aws, inventory, fact);
    // All of a region's alarms are asked for at once; edges are read with the security groups.
    case "alarm":
    case "edge":
      return [];
    // A command of its own compares topics, from inside the cluster's network.
    case "kafkaTopics":
      return [];
    // Whether these work shows in what uses them: tasks that start, requests that arrive. An exception is a sentence.
    case "api":
    case "cluster":
    case "dashboard":
    case "exception":
    case "fileSystem":
    case "network":
    case "registry":
    case "vpn":
      return [];
  }
}
