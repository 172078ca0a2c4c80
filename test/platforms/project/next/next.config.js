// source maps are on so that lines can be told; the root is said since the project lies in a folder of another one
export default {
  productionBrowserSourceMaps: true,
  experimental: { serverSourceMaps: true },
  turbopack: { root: `${import.meta.dirname}/..` },
  outputFileTracingRoot: `${import.meta.dirname}/..`,
};
