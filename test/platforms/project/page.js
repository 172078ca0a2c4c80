// What a page's script does with the program: the title says how it went.
import { run } from './program.js';

run().then(
  (result) => {
    document.title = JSON.stringify(result);
  },
  (e) => {
    document.title = JSON.stringify({ error: e.stack });
  },
);
