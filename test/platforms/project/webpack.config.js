// run by webpack's own function: its command line is another package
import webpack from 'webpack';

const common = {
  mode: 'production',
  devtool: 'source-map',
  performance: { hints: false },
  context: import.meta.dirname ?? process.cwd(),
};
const compiler = webpack([
  { ...common, entry: './page.js', output: { path: `${process.cwd()}/out/webpack-page` } },
  {
    ...common,
    target: 'node',
    entry: './script.js',
    output: { path: `${process.cwd()}/out/webpack-server`, filename: 'main.cjs' },
  },
]);
compiler.run((error, stats) => {
  if (error) throw error;
  console.log(stats.toString({ colors: false }));
  process.exitCode = stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
});
