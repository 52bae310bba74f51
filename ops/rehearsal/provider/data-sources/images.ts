import { FAKE_TIME } from "../fakes/fake-resource";
import { asText, elementsOf, type ValueMap } from "../protocol/value";
import type { DataQuery, DataSources } from "./data-source";

/** Account of Canonical, whose images boot from another device than Amazon's. @see https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/ */
const CANONICAL = "099720109477";

/** An image that matches: the same one for the same question. */
function image(query: DataQuery): ValueMap {
  const asked = query.filters();
  const owners = elementsOf(query.value("owners")).filter((owner) => typeof owner === "string");
  const isNarrow = owners.length > 0 || asked.has("image-id") || asked.has("owner-id") || query.value("allow_unsafe_filter") === true;
  if (query.value("most_recent") === true && !isNarrow)
    query.refuse("most_recent", "needs owners, or a filter on image-id or owner-id, so that nobody else's image is chosen; set owners");
  const id = asked.get("image-id")?.[0] ?? `ami-${query.stableHex(JSON.stringify([query.config, query.place.region]), 17)}`;
  const pattern = asked.get("name")?.[0] ?? query.text("name_regex") ?? "fake-image";
  const name = pattern.replace(/[*?^$\\]+/g, "fake");
  const isUbuntu = owners.includes(CANONICAL) || /ubuntu/i.test(name);
  const isWindows = /windows/i.test(name);
  const device = isUbuntu || isWindows ? "/dev/sda1" : "/dev/xvda";
  const snapshot = `snap-${query.stableHex(`snapshot ${id}`, 17)}`;
  query.assume(`${owners.join(" ")} ${pattern}`.trim());
  return {
    id,
    image_id: id,
    arn: `arn:${query.place.partition}:ec2:${query.place.region}::image/${id}`,
    architecture: asked.get("architecture")?.[0] ?? (/arm64|aarch64/.test(name) ? "arm64" : "x86_64"),
    block_device_mappings: [
      {
        device_name: device,
        no_device: "",
        virtual_name: "",
        ebs: {
          delete_on_termination: "true",
          encrypted: "false",
          iops: "0",
          snapshot_id: snapshot,
          throughput: "0",
          volume_initialization_rate: "0",
          volume_size: "8",
          volume_type: "gp3",
        },
      },
    ],
    boot_mode: "uefi-preferred",
    creation_date: FAKE_TIME,
    deprecation_time: "",
    description: "",
    ena_support: true,
    hypervisor: "xen",
    image_location: `fake/${name}`,
    image_owner_alias: owners.includes("amazon") ? "amazon" : "",
    image_type: "machine",
    imds_support: "v2.0",
    include_deprecated: false,
    most_recent: query.value("most_recent") === true,
    name,
    owner_id: owners.find((owner) => /^\d{12}$/.test(owner)) ?? (owners.includes("self") ? query.place.account : "137112412989"),
    platform: isWindows ? "windows" : "",
    platform_details: isWindows ? "Windows" : "Linux/UNIX",
    product_codes: [],
    public: !owners.includes("self"),
    root_device_name: asked.get("root-device-name")?.[0] ?? device,
    root_device_type: asked.get("root-device-type")?.[0] ?? "ebs",
    root_snapshot_id: snapshot,
    sriov_net_support: "simple",
    state: "available",
    state_reason: { code: "UNSET", message: "UNSET" },
    tags: {},
    usage_operation: "RunInstances",
    virtualization_type: asked.get("virtualization-type")?.[0] ?? "hvm",
  };
}

function repository(query: DataQuery): ValueMap {
  const name = query.text("name") ?? "";
  const registry = query.text("registry_id") ?? query.place.account;
  const { partition, region, dnsSuffix } = query.place;
  const created = query.created("aws_ecr_repository", (values) => values["name"] === name && values["region"] === region);
  if (created === undefined) query.assume(`${name} in ${region}`);
  return {
    id: name,
    arn: `arn:${partition}:ecr:${region}:${registry}:repository/${name}`,
    registry_id: registry,
    repository_url: `${registry}.dkr.ecr.${region}.${dnsSuffix}/${name}`,
    encryption_configuration: [{ encryption_type: "AES256", kms_key: "" }],
    image_scanning_configuration: [{ scan_on_push: false }],
    image_tag_mutability: asText(created?.values["image_tag_mutability"]) ?? "MUTABLE",
    image_tag_mutability_exclusion_filter: [],
    most_recent_image_tags: null,
    tags: created?.values["tags_all"] ?? {},
  };
}

export const IMAGES: DataSources = { aws_ami: image, aws_ecr_repository: repository };
