import { take, target } from "../constructs/api/api-model";
import { definition } from "../constructs/api/api-parts";
import { facts } from "../constructs/readings";
import type { Synthesized } from "../support/synthesized";

/** Every route of the definition that API Gateway imports: `METHOD path -> where, access`. */
export function routesInDefinition(root: Synthesized): string[] {
  return Object.entries(definition(root).paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([
          verb,
          {
            security,
            "x-amazon-apigateway-integration": { uri = "" },
          },
        ]) => {
          const method = verb === "x-amazon-apigateway-any-method" ? "ANY" : verb.toUpperCase();
          const isService = placeOf(root, uri) === `service${path.replace("{proxy+}", "{proxy}")}`;
          return `${method} ${path} -> ${isService ? "service" : placeOf(root, uri)}, ${accessOf(security)}`;
        },
      ),
    )
    .sort();
}

/** The same as the inventory has it, from which the pages are written. */
export function routesInInventory(root: Synthesized): string[] {
  const [api] = facts(root, "api");
  const [balancer] = facts(root, "loadBalancer");
  const [bucket] = facts(root, "bucket");
  const place = (to: string): string => (to === `${balancer?.name}:8000` ? "service" : to.replace(`${bucket?.name}/`, ""));
  return (api?.routes ?? []).map(({ method, path, to, access }) => `${method} ${path} -> ${place(to)}, ${access}`).sort();
}

/** What becomes of a request: `public html/index.html`, `authorized service/api/v1`, `not found`. */
export function outcome(root: Synthesized, method: string, url: string): string {
  const searches = (["every path", "down the tree"] as const).map((search) => {
    const taken = take(definition(root), method, url, search);
    return taken === undefined ? "not found" : `${accessOf(taken.operation.security)} ${placeOf(root, target(taken) ?? "")}`;
  });
  // Which of the two API Gateway does is not documented.
  return [...new Set(searches)].join(" or ");
}

function accessOf(security: readonly Readonly<Record<string, readonly string[]>>[] | undefined): string {
  if (security === undefined) return "public";
  if (JSON.stringify(security) !== '[{"Users":[]}]') throw new Error(`security must be the user pool's, got ${JSON.stringify(security)}`);
  return "authorized";
}

/** Where an integration leads: a key in the bucket, or a path at the service. */
function placeOf(root: Synthesized, uri: string): string {
  const [bucket] = facts(root, "bucket");
  const site = `arn:aws:apigateway:us-east-1:s3:path/${bucket?.name}/`;
  const service = "http://${aws_lb.balancer.dns_name}:8000";
  if (uri.startsWith(site)) return uri.slice(site.length);
  if (uri.startsWith(`${service}/`)) return `service${uri.slice(service.length)}`;
  throw new Error(`an integration must lead to the bucket or the service, got ${uri}`);
}
