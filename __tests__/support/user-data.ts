/** The shell script of an instance's user data, as the instance gets it: Terraform's escapes undone, the MIME wrapping taken off. */
export function scriptOf(userData: unknown): string {
  const text = String(userData).replace(/([$%])\1(?=\{)/g, "$1");
  const script = /\nContent-Type: text\/x-shellscript[^\n]*\nMIME-Version: 1\.0\n\n([\s\S]*)\n--part-of-user-data--\n$/.exec(text)?.[1];
  if (script === undefined) throw new Error("the user data has no shell script");
  return script;
}

/** Files that a user data script writes, by their path: those of the here-documents. */
export function filesOf(script: string): Record<string, string> {
  const documents = script.matchAll(/^write_file \d+ '([^']+)' <<'END_OF_FILE'\n([\s\S]*?)^END_OF_FILE\n/gm);
  return Object.fromEntries([...documents].map(([, path, content]) => [path, content]));
}
