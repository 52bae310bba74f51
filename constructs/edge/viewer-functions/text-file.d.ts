// Code for CloudFront, which the bundler and the tests' transform hand over as text.
declare module "*.viewer.js" {
  const text: string;
  export default text;
}
