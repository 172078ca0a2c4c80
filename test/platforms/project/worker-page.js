// A page that has a worker run what it compiles, and another one compile and run.
import { createWorkerProgram } from 'retrograph/worker';
import { run } from './program.js';

const report = (result) => {
  document.title = JSON.stringify(result);
};
const worker = () => new Worker(new URL('./serve.js', import.meta.url), { type: 'module' });
const whole = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const inWorker = new Promise((resolve) => {
  whole.onmessage = ({ data }) => resolve(data);
  whole.onerror = ({ message }) => resolve({ error: message });
});
Promise.all([run(createWorkerProgram, { worker }), inWorker]).then(
  ([served, result]) => report({ ...result, served: served.losses }),
  (e) => report({ error: e.stack }),
);
