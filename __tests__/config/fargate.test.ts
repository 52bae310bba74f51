import { fargateChoices, isFargateSize } from "../../config/fargate";

/** Memory that Fargate offers for each CPU size, in MiB, written out from its documentation. */
const OFFERED: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: steps(1024, 4096, 1024),
  1024: steps(2048, 8192, 1024),
  2048: steps(4096, 16_384, 1024),
  4096: steps(8192, 30_720, 1024),
  8192: steps(16_384, 61_440, 4096),
  16384: steps(32_768, 122_880, 8192),
};

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

describe("isFargateSize", () => {
  test.each(Object.entries(OFFERED))("takes %s CPU units with exactly the memory that Fargate offers", (cpu, offered) => {
    const taken = steps(0, 131_072, 512).filter((memory) => isFargateSize(Number(cpu), memory));
    expect(taken).toEqual(offered);
  });

  test.each([
    [256, 511],
    [256, 513],
    [256, 1536],
    [256, 2049],
    [512, 1023],
    [512, 4097],
    [16384, 122_881],
    [1024, 2048.5],
    [1024, Number.NaN],
    [1024, -2048],
  ])("refuses %d CPU units with %d MiB", (cpu, memory) => {
    expect(isFargateSize(cpu, memory)).toBe(false);
  });

  test.each([0, 128, 255, 257, 768, 1536, 3072, 32_768, Number.NaN, -256])("has no CPU size of %d", (cpu) => {
    expect(steps(0, 131_072, 512).some((memory) => isFargateSize(cpu, memory))).toBe(false);
  });
});

describe("fargateChoices", () => {
  test.each([
    [256, "512, 1024 or 2048 MiB with 256 CPU units"],
    [512, "1024 to 4096 MiB in steps of 1024 with 512 CPU units"],
    [1024, "2048 to 8192 MiB in steps of 1024 with 1024 CPU units"],
    [2048, "4096 to 16384 MiB in steps of 1024 with 2048 CPU units"],
    [4096, "8192 to 30720 MiB in steps of 1024 with 4096 CPU units"],
    [8192, "16384 to 61440 MiB in steps of 4096 with 8192 CPU units"],
    [16384, "32768 to 122880 MiB in steps of 8192 with 16384 CPU units"],
  ])("says what goes with %d CPU units", (cpu, choices) => {
    expect(fargateChoices(cpu)).toBe(choices);
  });
});
