import {
  type handleUnaryCall,
  type MethodDefinition,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type Codec, codecOf } from "./message-codec";
import type { MessageName } from "./message-table";
import { RPC_MESSAGES, type Rpc } from "./rpc";

/** Answers every call of Terraform's. @param peer the connection that the call came over: one per provider configuration. */
export type RpcHandlers = { readonly [Method in keyof Rpc]: (request: Rpc[Method][0], peer: string) => Rpc[Method][1] };

function method(
  path: string,
  request: MessageName,
  response: MessageName,
  streams: { request?: boolean; response?: boolean } = {},
): MethodDefinition<object, object> {
  const [from, to]: [Codec<object>, Codec<object>] = [codecOf(request), codecOf(response)];
  return {
    path,
    requestStream: streams.request ?? false,
    responseStream: streams.response ?? false,
    requestSerialize: from.encode,
    requestDeserialize: from.decode,
    responseSerialize: to.encode,
    responseDeserialize: to.decode,
  };
}

/** One gRPC service with its answers, as a server takes them. */
export interface GrpcService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** The provider service. An exception in a handler reaches Terraform as an internal error with its message. */
export function providerService(handlers: RpcHandlers): GrpcService {
  const definition: Record<string, MethodDefinition<object, object>> = {};
  const implementation: Record<string, handleUnaryCall<object, object>> = {};
  for (const [name, [request, response]] of Object.entries(RPC_MESSAGES)) {
    definition[name] = method(`/tfplugin6.Provider/${name}`, request, response);
    // The table and the interface are one list: each method has the handler of its name.
    const handler = handlers[name as keyof Rpc] as (request: object, peer: string) => object;
    implementation[name] = (call, callback) => {
      try {
        callback(null, handler(call.request, call.getPeer()));
      } catch (error) {
        callback({ code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
      }
    };
  }
  return { definition, implementation };
}

/** What a health check is answered with: serving. */
const SERVING = 1;

/**
 * Services of the plugin library that Terraform talks to beside the provider: it asks for health, listens for output that never
 * comes, and may say that it is done. The host ends when its owner closes it, and not before.
 */
export function pluginServices(): readonly GrpcService[] {
  return [
    {
      definition: { Shutdown: method("/plugin.GRPCController/Shutdown", "Empty", "Empty") },
      implementation: { Shutdown: ((_call, callback) => callback(null, {})) satisfies handleUnaryCall<object, object> },
    },
    {
      definition: { Check: method("/grpc.health.v1.Health/Check", "HealthCheck", "Health") },
      implementation: { Check: ((_call, callback) => callback(null, { status: SERVING })) satisfies handleUnaryCall<object, object> },
    },
    {
      definition: {
        StartStream: method("/plugin.GRPCBroker/StartStream", "BrokerConnection", "BrokerConnection", { request: true, response: true }),
      },
      // Open for as long as Terraform holds it; there is nothing to broker.
      implementation: { StartStream: (call: NodeJS.ReadableStream & { end(): void }) => void call.resume().on("end", () => call.end()) },
    },
    {
      definition: { StreamStdio: method("/plugin.GRPCStdio/StreamStdio", "Empty", "StandardOutput", { response: true }) },
      implementation: { StreamStdio: () => {} },
    },
  ];
}
