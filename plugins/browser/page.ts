/** The page of a started browser: it connects to the process that started it, and runs its programs. */
import { serve } from '../remote/host.ts';
import { hostBackends } from '../remote/host-backends.browser.ts';
import type { Port } from '../remote/port.ts';
import { decode, encode } from './codec.ts';

const socket = new WebSocket(`ws://${location.host}${location.pathname}`);
socket.binaryType = 'arraybuffer';

const port: Port = {
  post: (message) => socket.send(encode(message)),
  onMessage: (listener) => socket.addEventListener('message', ({ data }) => listener(decode(data as ArrayBuffer))),
  onClose: (listener) => socket.addEventListener('close', () => listener('the connection was closed')),
  waiting: () => {},
  close: async () => socket.close(),
};

serve(port, hostBackends);
