/**
 * Memory that Fargate offers for each CPU size: from, to and step, in MiB. CPU is in units of 1/1024 vCPU.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const MEMORY_BY_CPU: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

/** CPU sizes that Fargate has, in words, for an error. */
export const CPU_CHOICES = "256, 512, 1024, 2048, 4096, 8192 or 16384";

/** True when Fargate has this CPU size. */
export function isFargateCpu(cpu: number): boolean {
  return MEMORY_BY_CPU[cpu] !== undefined;
}

/** True when Fargate has this pair. 256 units go with 512, 1024 and 2048 MiB only, not with 1536. */
export function isFargateSize(cpu: number, memoryMib: number): boolean {
  const range = MEMORY_BY_CPU[cpu];
  if (range === undefined) return false;
  if (cpu === 256) return [512, 1024, 2048].includes(memoryMib);
  const [from, to, step] = range;
  return memoryMib >= from && memoryMib <= to && (memoryMib - from) % step === 0;
}

/** What may stand with a CPU size, in words, for an error. */
export function fargateChoices(cpu: number): string {
  const range = MEMORY_BY_CPU[cpu];
  if (range === undefined) return CPU_CHOICES;
  if (cpu === 256) return "512, 1024 or 2048 MiB with 256 CPU units";
  const [from, to, step] = range;
  return `${from} to ${to} MiB in steps of ${step} with ${cpu} CPU units`;
}
