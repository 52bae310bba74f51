import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { projectRoot, run, scratchFolder } from "../../support/project";
import type { Made, SourceMistake, Verdict } from "./mistake";

/** Has the compiler and then the linter read the sources, each in a file of its own. */
export function judgeSources(sources: readonly Made<SourceMistake>[]): readonly Verdict[] {
  const files = sources.map(({ folder }, index) => join(folder, `mistake-${index}.ts`));
  const compiled = compilerMessages(new Map(sources.map(({ source }, index) => [files[index] ?? "", source])));
  const linted = linterMessages(new Map(sources.map(({ source }, index) => [files[index] ?? "", source])));
  return sources.map(({ mistake }, index) => {
    const [byCompiler, byLinter] = [compiled.get(files[index] ?? "") ?? [], linted.get(files[index] ?? "") ?? []];
    if (byCompiler.length > 0) return { mistake, caughtBy: "type checker", said: byCompiler.join("\n") };
    return byLinter.length > 0 ? { mistake, caughtBy: "linter", said: byLinter.join("\n") } : { mistake, said: "" };
  });
}

/** What `npm run typecheck` would say of files that stand in memory alone. */
function compilerMessages(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const inMemory = new Map([...sources].map(([file, text]) => [join(projectRoot, file), text]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => inMemory.has(file) || fileExists(file);
  host.readFile = (file) => inMemory.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = inMemory.get(file);
    return text === undefined ? getSourceFile(file, language, ...rest) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...inMemory.keys()], options, host);
  return new Map(
    [...sources.keys()].map((file) => {
      const source = program.getSourceFile(join(projectRoot, file));
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [file, found.map(({ messageText }) => flat(messageText))];
    }),
  );
}

function flat(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, "\n");
}

/** The project's own, without the file that remembers the last run. */
function compilerOptions(): ts.CompilerOptions {
  const file = join(projectRoot, "tsconfig.json");
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot, {
    incremental: false,
    tsBuildInfoFile: undefined,
  });
  for (const { messageText } of [error ?? [], errors].flat()) throw new Error(`${file}: ${flat(messageText)}`);
  return options;
}

/** What `npm run lint` would say of files in a folder that is laid out like the project. */
function linterMessages(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const folder = scratchFolder();
  const { vcs: _vcs, $schema: _schema, ...config } = JSON.parse(readFileSync(join(projectRoot, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(config));
  copyFileSync(join(projectRoot, "package.json"), join(folder, "package.json"));
  for (const [file, text] of sources) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const biome = join(projectRoot, "node_modules", "@biomejs", "biome", "bin", "biome");
  const { stdout } = run(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."], { cwd: folder });
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly message: string; readonly location: { readonly path: string } }[];
  };
  const messagesOf = (file: string): readonly string[] =>
    diagnostics.filter(({ location }) => location.path === file).map(({ message }) => message);
  return new Map([...sources.keys()].map((file) => [file, messagesOf(file)]));
}
