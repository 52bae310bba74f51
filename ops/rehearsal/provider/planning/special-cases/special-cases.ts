import type { SpecialCase, SpecialCases } from "../special-case";
import { COMPUTE } from "./compute";
import { DATA } from "./data";
import { DELIVERY } from "./delivery";
import { LOAD_BALANCING } from "./load-balancing";
import { MESSAGING } from "./messaging";
import { NETWORK } from "./network";
import { SECURITY } from "./security";

const ALL: SpecialCases = { ...COMPUTE, ...DATA, ...DELIVERY, ...LOAD_BALANCING, ...MESSAGING, ...NETWORK, ...SECURITY };

/** The rules of one type that neither its schema nor its facts say; none for most types. */
export function specialCaseOf(type: string): SpecialCase | undefined {
  return ALL[type];
}

/**
 * Blocks whose removal shows no difference, because AWS has no way to unset them.
 *
 * @see the facts of each type for the source
 */
const KEPT_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool: ["account_recovery_setting", "email_configuration"],
  aws_ecr_repository: ["encryption_configuration", "image_scanning_configuration"],
  aws_ecs_service: ["alarms", "deployment_circuit_breaker", "deployment_controller"],
  aws_flow_log: ["destination_options"],
  aws_kinesis_firehose_delivery_stream: ["server_side_encryption"],
  aws_lambda_event_source_mapping: ["destination_config"],
  aws_lb: ["access_logs", "connection_logs"],
  aws_msk_cluster: ["configuration_info", "encryption_info", "logging_info", "open_monitoring"],
  aws_rds_cluster: ["scaling_configuration", "serverlessv2_scaling_configuration"],
  aws_sfn_state_machine: ["encryption_configuration", "logging_configuration", "tracing_configuration"],
  aws_vpc_endpoint: ["dns_options"],
};

/** Names of the blocks of a type whose removal shows no difference. */
export function keptBlocksOf(type: string): readonly string[] {
  return KEPT_BLOCKS[type] ?? [];
}
