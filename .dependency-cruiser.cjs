// The layering of the sources, as a test: see "import rules" in `npm run check`.
/** The stages of the engine, and those before each. */
const STAGES = {
  build: [],
  differentiate: ['build'],
  optimize: ['build'],
  plan: ['build', 'optimize'],
  run: ['build', 'differentiate', 'optimize', 'plan'],
};
const stages = Object.keys(STAGES);

/** Files directly in engine/, except its face and the printer, which see all stages. */
const shared = '^engine/(?!index\\.|print\\.)[^/]+\\.ts$';
const product = '^(engine|ops|plugins|backends|face|index\\.)';

/** Ops are defined by types of nodes, which are made of ops, in tables that intern them by attributes. */
const MUTUAL = ['op', 'attr', ...['context', 'interned', 'sym', 'table'].map((name) => `build/${name}`)];

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...stages.map((stage) =>
      forbidden(
        `stage-${stage}`,
        `engine/${stage} uses the stages before it, the primitives and the shared files of engine/`,
        { path: `^engine/${stage}/` },
        {
          path: `^engine/(${[...stages, 'index\\.', 'print\\.'].filter((other) => other !== stage && !STAGES[stage].includes(other)).join('|')})`,
        },
      ),
    ),
    forbidden(
      'shared-below-stages',
      'the shared files of engine/ and the primitives know the graph (build), and no later stage',
      { path: [shared, '^engine/primitives/'] },
      { path: `^engine/(${[...stages.slice(1), 'index\\.', 'print\\.'].join('|')})` },
    ),
    forbidden(
      'scalars-and-dims-alone',
      'expressions of scalars, and dims, know no graph',
      { path: '^engine/(scalar|dim)/' },
      { path: `^engine/(${[...stages, 'primitives', 'op\\.', 'attr\\.', 'index\\.', 'print\\.'].join('|')})` },
    ),
    forbidden(
      'engine-alone',
      'the engine knows its own primitives and no other op, no backend, no plugin',
      { path: '^engine/' },
      { path: '^(?!engine/|node_modules/)', dependencyTypesNot: ['core'] },
    ),
    forbidden(
      'no-device-in-engine-or-ops',
      'storage and kernels belong to the backends',
      { path: '^(engine|ops)/' },
      { path: '@tensorflow/', dependencyTypesNot: ['type-only'] },
    ),
    forbidden(
      'ops-on-engine',
      'an op uses the engine and other ops',
      { path: '^ops/' },
      { path: '^(?!engine/|ops/|node_modules/)' },
    ),
    forbidden(
      'backends-below-plugins',
      'a backend uses the engine and ops',
      { path: '^backends/' },
      { path: '^(?!engine/|ops/|backends/|node_modules/)', dependencyTypesNot: ['core', 'unknown'] },
    ),
    forbidden(
      'plugins-on-top',
      'a plugin uses the engine, ops and backends',
      { path: '^plugins/' },
      { path: '^(?!engine/|ops/|backends/|plugins/|node_modules/)', dependencyTypesNot: ['core', 'unknown'] },
    ),
    forbidden(
      'plugins-below-faces',
      "only the package's entries and the command line know plugins",
      { path: '^(engine|ops|backends|face)/' },
      { path: '^plugins/' },
    ),
    forbidden(
      'backends-apart',
      'a backend is one folder: it uses what backends/ shares, and no other backend',
      { path: '^backends/([^/]+)/' },
      { path: '^backends/[^/]+/', pathNot: '^backends/$1/' },
    ),
    forbidden(
      'product-alone',
      'what is published uses neither the command line nor tests, examples, benchmarks and scripts',
      { path: product },
      { path: '^(bin|test|examples|bench|scripts)/' },
    ),
    forbidden(
      'container-at-the-edge',
      'only plugins, the command line and the Node entry know the container',
      { path: '^(engine|ops|backends)/' },
      { path: 'node_modules/(inversify|@inversifyjs|reflect-metadata)/' },
    ),
    forbidden(
      'browser-without-container',
      "a browser's bundle reaches neither the container nor what is made for Node",
      { path: '^index\\.browser\\.ts$' },
      {
        path: '^plugins/(container|tokens)\\.ts$|^backends/node/|node_modules/(inversify|reflect-metadata)/',
        reachable: true,
      },
    ),
    forbidden(
      'no-node-in-engine-or-ops',
      'they run in browsers: what Node alone has is for backends, plugins and the command line',
      // files.ts loads Node's file system when a path is first used
      { path: '^(engine|ops)/', pathNot: '^engine/run/files\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    forbidden(
      'no-circle',
      'files import each other in circles in ops/ only, where rules run late',
      { path: '^(?!ops/)' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbidden(
      'no-circle-of-types',
      'nor do those of engine/ by their types, except where a node, its op and its graph are parts of each other',
      { path: '^engine/', pathNot: `^engine/(${MUTUAL.join('|')})\\.ts$` },
      { circular: true },
    ),
    forbidden(
      'no-dev-dependency',
      'what is published installs without the development dependencies',
      { path: [product, '^bin/'], pathNot: ['^plugins/gradcheck/float64\\.ts$', '^plugins/browser/page-files\\.ts$'] },
      // the judge bundles tfjs in double precision when it is first asked, and says what to install; in a checkout, a started
      // browser's page is bundled; Dawn is an optional peer
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/webgpu/' },
    ),
    forbidden(
      'resolvable',
      'every import leads somewhere',
      {},
      { couldNotResolve: true, pathNot: ['^@tensorflow/tfjs-node$', 'dist/bin/main\\.js$'] },
    ),
    forbidden(
      'declared',
      'every package is in package.json',
      {},
      // a peer that is a development dependency too is unknown to the cruiser
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/webgpu/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // test/platforms/project is a project of its own, with packages of its own
    exclude: { path: '^(dist|coverage|examples/[^/]+/dist|test/platforms/project)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['retrograph-source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
