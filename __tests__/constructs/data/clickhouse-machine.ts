import { Instance } from "@cdktf/provider-aws/lib/instance";
import { FAKE_AWS, Machine } from "../../support/machine";
import { synthesizeTestStack } from "../../support/synthesized";
import { filesOf, scriptOf } from "../../support/user-data";
import { addClickHouse } from "../servers";

/** Files that the server's user data writes. */
export const serverFiles = filesOf(scriptOf(synthesizeTestStack((stack) => void addClickHouse(stack)).only(Instance)["user_data"]));

/** A machine with the server's own scripts and settings. Terraform would have put the volume's id there. */
export function newClickHouseMachine(): Machine {
  const machine = new Machine();
  for (const [path, content] of Object.entries(serverFiles)) {
    machine.write(path, content.replace(/\$\{replace\(aws_ebs_volume.*\)\}/, "vol-0abc"), path.startsWith("/usr/") ? 0o755 : 0o644);
  }
  machine.fake("systemctl", "");
  machine.fake("aws", FAKE_AWS);
  return machine;
}
