/** The script of a worker thread: it runs programs that its parent compiles. */
import { parentPort } from 'node:worker_threads';
import { serve } from './host.ts';
import { hostBackends } from './host-backends.node.ts';
import { nodePort } from './node-port.ts';

if (parentPort === null) throw new Error("'retrograph/worker/serve' is the script of a worker thread");
serve(nodePort(parentPort), hostBackends);
