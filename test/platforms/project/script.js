// What a server does with the program: it prints how it went.
import { run } from './program.js';

run().then(
  (result) => console.log(JSON.stringify(result)),
  (e) => {
    console.error(e);
    process.exitCode = 1;
  },
);
