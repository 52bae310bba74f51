import { Construct } from "constructs";
import { type Container, checkContainer, containerDefinition } from "../../../constructs/compute/container";
import { FileSystem } from "../../../constructs/data/file-system";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../../constructs/delivery/released-image";
import { Secret } from "../../../constructs/security/secret";
import { scratchApp, TestStack } from "../../support/synthesized";
import { addNetwork } from "../parts";

const LOGS = { group: "/shop/api", region: "eu-west-1" };

describe("containerDefinition", () => {
  test("is essential, logs to the group of its service, gets half a minute to stop and passes signals on, when it has a name and an image only", () => {
    expect(containerDefinition({ name: "app", image: "registry.example.com/app:1" }, LOGS)).toEqual({
      name: "app",
      image: "registry.example.com/app:1",
      essential: true,
      command: undefined,
      portMappings: [],
      environment: [],
      secrets: [],
      mountPoints: [],
      linuxParameters: { initProcessEnabled: true },
      stopTimeout: 30,
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/shop/api", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app" },
      },
      systemControls: [],
      volumesFrom: [],
    });
  });

  test("names ports, variables, secrets and mounts in an order that does not depend on how they were written", () => {
    const stack = new TestStack(scratchApp());
    const secret = new Secret(stack, "Settings", { name: "shop/api", why: "w", keys: ["A", "B"], protection: "protected" });
    const files = new FileSystem(stack, "Files", { network: addNetwork(stack), why: "w", protection: "protected" });
    const [first, second] = [files.accessPoint("First", { path: "/1" }), files.accessPoint("Second", { path: "/2" })];
    const written: Container<"http" | "admin"> = {
      name: "app",
      image: "registry.example.com/app:1",
      ports: { http: 80, admin: 9000 },
      environment: { PORT: "80", HOST: "0.0.0.0" },
      secrets: { BETA: secret.key("B"), ALPHA: secret.key("A") },
      mounts: { "/second": second, "/first": first },
      command: ["serve", "--all"],
      stopTimeoutSeconds: 120,
      essential: false,
    };
    const reversed: Container<"http" | "admin"> = {
      ...written,
      ports: { admin: 9000, http: 80 },
      environment: { HOST: "0.0.0.0", PORT: "80" },
      secrets: { ALPHA: secret.key("A"), BETA: secret.key("B") },
      mounts: { "/first": first, "/second": second },
    };
    const definition = containerDefinition(written, LOGS);
    expect(JSON.stringify(containerDefinition(reversed, LOGS))).toBe(JSON.stringify(definition));
    expect(definition).toMatchObject({
      essential: false,
      command: ["serve", "--all"],
      stopTimeout: 120,
      portMappings: [
        { name: "admin", containerPort: 9000, hostPort: 9000, protocol: "tcp" },
        { name: "http", containerPort: 80, hostPort: 80, protocol: "tcp" },
      ],
      environment: [
        { name: "HOST", value: "0.0.0.0" },
        { name: "PORT", value: "80" },
      ],
      mountPoints: [
        { containerPath: "/first", sourceVolume: "files_first", readOnly: false },
        { containerPath: "/second", sourceVolume: "files_second", readOnly: false },
      ],
    });
    expect((definition as { secrets: unknown }).secrets).toEqual([
      { name: "ALPHA", valueFrom: secret.key("A").valueFrom },
      { name: "BETA", valueFrom: secret.key("B").valueFrom },
    ]);
  });

  test("runs the released image, whichever that is", () => {
    const stack = new TestStack(scratchApp());
    const repository = new ImageRepository(stack, "Repository", { name: "shop/app", source: { create: "protected" } });
    const image = new ReleasedImage(stack, "Image", { repository, parameter: "/shop/app/image" });
    expect(containerDefinition({ name: "app", image }, LOGS)).toMatchObject({ image: image.image });
  });
});

describe("checkContainer", () => {
  const check = (props: Partial<Container>): void => {
    const scope = new Construct(new TestStack(scratchApp()), "Api");
    checkContainer(scope, { name: "app", image: "registry.example.com/app:1", ...props });
  };

  test.each([2, 30, 120])("takes a stop timeout of %d seconds", (stopTimeoutSeconds) => {
    expect(() => check({ stopTimeoutSeconds })).not.toThrow();
  });

  test.each([-1, 121])("refuses a stop timeout of %d seconds, naming the container", (stopTimeoutSeconds) => {
    expect(() => check({ stopTimeoutSeconds })).toThrow(
      `shop-test/Api: container app: stopTimeoutSeconds must be 2 to 120, which is what Fargate waits, got ${stopTimeoutSeconds}`,
    );
  });

  test("refuses plain variables that look like secrets by name, without showing their values", () => {
    expect(() => check({ environment: { PORT: "80", STRIPE_API_KEY: "very-private", DB_PASSWORD: "very-private" } })).toThrow(
      expect.objectContaining({
        name: "PropsError",
        message:
          'shop-test/Api: container app: environment must hold no secret; use secrets for these variables, got ["DB_PASSWORD","STRIPE_API_KEY"]',
      }),
    );
  });

  test("takes a secret's name, and secrets themselves where they belong", () => {
    const stack = new TestStack(scratchApp());
    const secret = new Secret(stack, "Settings", { name: "shop/api", why: "w", keys: ["JWT_SECRET"], protection: "protected" });
    expect(() => check({ environment: { JWT_SECRET_NAME: "shop/api" }, secrets: secret.allKeys() })).not.toThrow();
  });
});
