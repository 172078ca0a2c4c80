// source maps are on so that lines can be told, and servers are not minified since their maps are coarse then; the root is said since the project lies in a folder of another one
export default {
  productionBrowserSourceMaps: true,
  experimental: { serverSourceMaps: true, serverMinification: false },
  turbopack: { root: `${import.meta.dirname}/..` },
  outputFileTracingRoot: `${import.meta.dirname}/..`,
};
