import { asText } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import type { SpecialCases } from "../special-case";

function checkRepository(config: ConfigView): void {
  const mutability = config.text("image_tag_mutability");
  if (config.isSet("image_tag_mutability_exclusion_filter") && mutability !== undefined && !mutability.endsWith("_WITH_EXCLUSION")) {
    config.fault(
      "image_tag_mutability_exclusion_filter",
      `needs image_tag_mutability IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION, got ${mutability}`,
    );
  }
  config.each("image_tag_mutability_exclusion_filter", (filter) => {
    const given = filter.text("filter") ?? "";
    if (given.split("*").length > 3) filter.fault("filter", `may hold at most two *, got "${given}"`);
  });
}

export const DELIVERY: SpecialCases = {
  aws_ecr_repository: { check: checkRepository },
  aws_api_gateway_authorizer: {
    check: (config) => {
      const type = config.isUnset("type") ? "TOKEN" : config.text("type");
      if (type === "COGNITO_USER_POOLS" && config.isUnset("provider_arns"))
        config.fault("provider_arns", "must be set for type COGNITO_USER_POOLS; set it");
      if ((type === "TOKEN" || type === "REQUEST") && config.isUnset("authorizer_uri"))
        config.fault("authorizer_uri", `must be set for type ${type}; set it`);
    },
    plan: (draft) => {
      const isCognito = (type: string | undefined): boolean => type === "COGNITO_USER_POOLS";
      draft.replaceWhen("type", isCognito(asText(draft.before("type"))) !== isCognito(asText(draft.value("type"))));
    },
  },
  aws_cloudfront_vpc_origin: {
    plan: (draft) => {
      if (draft.isAnyChanged(Object.keys(draft.planned).filter((name) => name !== "etag"))) draft.recompute("etag");
    },
  },
};
