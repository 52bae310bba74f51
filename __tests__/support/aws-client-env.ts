/** Variables by which AWS's own clients find an AWS of a test's, with credentials that open nothing. */
export function awsClientEnv(url: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" };
}
