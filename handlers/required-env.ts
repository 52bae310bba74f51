/**
 * Reads a required environment variable.
 *
 * @throws by name, when it is missing or empty.
 */
export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`environment variable ${name} is not set`);
  return value;
}
