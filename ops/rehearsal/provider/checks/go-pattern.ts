/** Character classes of POSIX, which JavaScript would read as something else without a word. */
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  digit: "0-9",
  lower: "a-z",
  upper: "A-Z",
  space: "\\s",
  punct: "!-\\/:-@\\[-`{-~",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

const compiled = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  const [, letters = "", body = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  const source = body
    .replace(/\[:(\w+):\]/g, (all, name: string) => POSIX_CLASSES[name] ?? all)
    .replace(/\\pL/g, "\\p{L}")
    .replace(/\\z/g, "$")
    .replace(/\(\?P</g, "(?<");
  // Constructs of Go's that JavaScript reads in another way.
  if (/\[:\w+:\]|\\[QEAC]|\(\?[a-zA-Z]*[imsU]/.test(source)) return undefined;
  for (const flags of [`u${letters}`, letters]) {
    // Without the u flag \p{…} is a letter p.
    if (!flags.includes("u") && /\\p\{/i.test(source)) return undefined;
    try {
      return new RegExp(source, flags);
    } catch (error) {
      // The u flag refuses escapes that need none, such as \-; Go allows them.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/** A regular expression in Go's syntax, as JavaScript's. @returns undefined when it says something that JavaScript cannot. */
export function goPattern(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}
