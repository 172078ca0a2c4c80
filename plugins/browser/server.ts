/** Serves the page of a started browser, to this machine and to who knows the address only, and takes its connection. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname } from 'node:path';
import type { WebSocket } from 'ws';
import { importNative } from '../../backends/import-native.ts';
import type { Port } from '../remote/port.ts';
import { decode, encode } from './codec.ts';
import type { PageFiles } from './page-files.ts';

/** Larger than any message: tensors of devices end before it. */
const LARGEST_MESSAGE = 2 ** 31 - 1;

const TYPES: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface PageServer {
  readonly url: string;
  /** Resolves when the page has connected. */
  readonly connected: Promise<Port>;
  close(): void;
}

export async function servePage(files: PageFiles): Promise<PageServer> {
  const secret = `/${randomUUID()}`;
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname === secret ? '/' : pathname;
    const body = pathname === '/' ? undefined : files.get(path);
    if (body === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, {
        'Content-Type': TYPES[path === '/' ? '' : extname(path)] ?? 'application/octet-stream',
        // isolated, so that wasm may have threads
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      })
      .end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const { WebSocketServer } = await importNative<typeof import('ws')>('ws');
  const sockets = new WebSocketServer({ server, path: secret, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  const connected = new Promise<Port>((resolve) => {
    sockets.once('connection', (socket, request) => resolve(socketPort(socket, request)));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${secret}`,
    connected,
    close: () => {
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function socketPort(socket: WebSocket, { socket: wire }: IncomingMessage): Port {
  // the process may end while it waits for nothing
  const waiting = (yes: boolean): Socket => (yes ? wire.ref() : wire.unref());
  waiting(false);
  return {
    post: (message) => socket.send(encode(message)),
    onMessage: (listener) => socket.on('message', (data) => listener(decode(data as Buffer))),
    onClose: (listener) => {
      socket.on('close', () => listener('the browser ended'));
      socket.on('error', (e) => listener(e.message));
    },
    waiting,
    close: async () => socket.terminate(),
  };
}
