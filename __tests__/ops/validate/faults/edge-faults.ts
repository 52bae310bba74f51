import {
  CreateListenerCommand,
  CreateRuleCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  type Listener,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DeployedRoot } from "../support/deployed-root";
import { answeringTo, changed, type Fault, xmlError } from "./fault";

const ALB = "staging-allthrive-alb";
const THREE_NAMES = "staging.allthrive.ai, api.staging.allthrive.ai, ws.staging.allthrive.ai";
const DAY_MS = 86_400_000;

async function balancerArn({ clients: { elb } }: DeployedRoot): Promise<string> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: [ALB] }));
  return LoadBalancers[0]?.LoadBalancerArn ?? "";
}

async function listenerOn(root: DeployedRoot, port: number): Promise<Listener> {
  const { Listeners = [] } = await root.clients.elb.send(new DescribeListenersCommand({ LoadBalancerArn: await balancerArn(root) }));
  const found = Listeners.find(({ Port }) => Port === port);
  if (found === undefined) throw new Error(`nothing listens on ${port}`);
  return found;
}

/** The certificate of three names, as ACM describes it, otherwise. */
function withCertificate(fields: () => object): Fault["strike"] {
  return answeringTo("DescribeCertificate", (answer) =>
    answer.includes("ws.staging.allthrive.ai")
      ? changed(answer, (document) => Object.assign(document["Certificate"] as object, fields()))
      : answer,
  );
}

function endsIn(days: number): () => object {
  return () => ({ NotAfter: (Date.now() + (days + 0.5) * DAY_MS) / 1000 });
}

export const BALANCER_FAULTS: readonly Fault[] = [
  {
    title: "a balancer that is gone",
    heading: "balancer-exists",
    what: ALB,
    found: "does not exist",
    strike: answeringTo("DescribeLoadBalancers", () => xmlError("LoadBalancerNotFound"), ALB),
  },
  {
    title: "a balancer that could not be set up",
    heading: "balancer-active",
    what: ALB,
    found: "failed",
    strike: answeringTo("DescribeLoadBalancers", (answer) => answer.replace("<Code>active", "<Code>failed"), ALB),
  },
  {
    title: "an idle timeout that cuts websockets",
    heading: "balancer-idle-timeout",
    what: ALB,
    found: "60 s, and 300 s are stated",
    strike: async (root) => {
      const LoadBalancerArn = await balancerArn(root);
      const set = (Value: string) =>
        root.clients.elb.send(
          new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key: "idle_timeout.timeout_seconds", Value }] }),
        );
      await set("60");
      return () => set("300");
    },
  },
  {
    title: "a listener that is gone",
    heading: "balancer-listeners",
    what: ALB,
    found: "nothing listens on HTTP 80",
    strike: async (root) => {
      const { ListenerArn, LoadBalancerArn, DefaultActions } = await listenerOn(root, 80);
      await root.clients.elb.send(new DeleteListenerCommand({ ListenerArn }));
      return () => root.clients.elb.send(new CreateListenerCommand({ LoadBalancerArn, Port: 80, Protocol: "HTTP", DefaultActions }));
    },
  },
  {
    title: "a listener that nobody states",
    heading: "balancer-listeners",
    what: ALB,
    found: "HTTP 8080 is open and not stated",
    strike: async (root) => {
      const { LoadBalancerArn, DefaultActions } = await listenerOn(root, 80);
      const make = new CreateListenerCommand({ LoadBalancerArn, Port: 8080, Protocol: "HTTP", DefaultActions });
      const { Listeners = [] } = await root.clients.elb.send(make);
      return () => root.clients.elb.send(new DeleteListenerCommand({ ListenerArn: Listeners[0]?.ListenerArn }));
    },
  },
  {
    title: "a route for websockets that is gone",
    heading: "balancer-listeners",
    what: ALB,
    found: "no rule of port 443 takes ws.staging.allthrive.ai",
    strike: async (root) => {
      const { ListenerArn } = await listenerOn(root, 443);
      const { Rules = [] } = await root.clients.elb.send(new DescribeRulesCommand({ ListenerArn }));
      const rule = Rules.find(({ IsDefault }) => IsDefault !== true);
      await root.clients.elb.send(new DeleteRuleCommand({ RuleArn: rule?.RuleArn }));
      const again = { ListenerArn, Priority: 10, Conditions: rule?.Conditions, Actions: rule?.Actions };
      return () => root.clients.elb.send(new CreateRuleCommand(again));
    },
  },
  {
    title: "a listener with another certificate",
    heading: "balancer-certificate",
    what: ALB,
    found: "port 443 has another than the one for staging.allthrive.ai",
    strike: async (root) => {
      const { ListenerArn, Certificates = [] } = await listenerOn(root, 443);
      const [right] = Certificates;
      const set = (CertificateArn = "") =>
        root.clients.elb.send(new ModifyListenerCommand({ ListenerArn, Certificates: [{ CertificateArn }] }));
      await set(await otherCertificate(root, right?.CertificateArn));
      return () => set(right?.CertificateArn);
    },
  },
  {
    title: "a balancer without a task behind it",
    heading: "balancer-targets",
    what: ALB,
    found: "has no healthy target",
    strike: async (root) => {
      const { TargetGroups = [] } = await root.clients.elb.send(
        new DescribeTargetGroupsCommand({ LoadBalancerArn: await balancerArn(root) }),
      );
      const target = { TargetGroupArn: TargetGroups[0]?.TargetGroupArn, Targets: [{ Id: "10.21.0.10", Port: 8000 }] };
      await root.clients.elb.send(new DeregisterTargetsCommand(target));
      return () => root.clients.elb.send(new RegisterTargetsCommand(target));
    },
  },
  {
    title: "a task that fails its health check",
    heading: "balancer-targets",
    what: ALB,
    found: "are unhealthy: Health checks failed with these codes: [502]",
    strike: async (root) => {
      const { TargetGroups = [] } = await root.clients.elb.send(
        new DescribeTargetGroupsCommand({ LoadBalancerArn: await balancerArn(root) }),
      );
      const arn = encodeURIComponent(TargetGroups[0]?.TargetGroupArn ?? "");
      const ill = "<State>unhealthy</State><Description>Health checks failed with these codes: [502]</Description>";
      return answeringTo("DescribeTargetHealth", (answer) => answer.replace("<State>healthy</State>", ill), arn)(root);
    },
  },
];

async function otherCertificate({ inventory, clients: { acm } }: DeployedRoot, than: string | undefined): Promise<string> {
  const { ListCertificatesCommand } = await import("@aws-sdk/client-acm");
  const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand({}));
  const found = CertificateSummaryList.find(({ CertificateArn }) => CertificateArn !== than);
  if (found?.CertificateArn === undefined) throw new Error(`${inventory.root} has one certificate`);
  return found.CertificateArn;
}

export const CERTIFICATE_FAULTS: readonly Fault[] = [
  {
    title: "a certificate that is gone",
    heading: "certificate-exists",
    what: THREE_NAMES,
    found: "does not exist",
    strike: withCertificate(() => ({ SubjectAlternativeNames: ["staging.allthrive.ai", "elsewhere.example.com"] })),
  },
  {
    title: "a certificate that is not proven",
    heading: "certificate-issued",
    what: THREE_NAMES,
    found: "PENDING_VALIDATION",
    strike: withCertificate(() => ({ Status: "PENDING_VALIDATION" })),
  },
  {
    title: "a certificate that ran out",
    heading: "certificate-issued",
    what: THREE_NAMES,
    found: "EXPIRED",
    strike: withCertificate(() => ({ Status: "EXPIRED" })),
  },
  {
    title: "a certificate with 29 days left",
    heading: "certificate-expiry",
    what: THREE_NAMES,
    found: "29 days are left",
    strike: withCertificate(endsIn(29)),
  },
  {
    title: "a certificate that is over and still called issued",
    heading: "certificate-expiry",
    what: THREE_NAMES,
    found: "expired 1 days ago",
    strike: withCertificate(endsIn(-1)),
  },
];
