/**
 * Serves the page of a started browser on this machine, and accepts its connection. Other clients that find the port get nothing: only the
 * browser knows the page's secret address, and only one connection from that page is accepted.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname } from 'node:path';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { importNative } from '../../backends/import-native.ts';
import type { Port } from '../remote/port.ts';
import { decode, encode } from './codec.ts';
import type { PageFiles } from './page-files.ts';

/** Larger than any message, since devices limit tensors to less. */
const LARGEST_MESSAGE = 2 ** 31 - 1;

/** Far more than a page opens. The limit keeps other clients from using up the process's file descriptors. */
const MOST_CONNECTIONS = 100;

const TYPES: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface PageServer {
  readonly url: string;
  readonly connected: Promise<Port>;
  close(): void;
}

/** A request's path, without its query. It is not decoded, since decoding can fail for malformed text. */
export const pathOf = ({ url = '' }: Pick<IncomingMessage, 'url'>): string => url.split('?', 1)[0]!;

export async function servePage(files: PageFiles): Promise<PageServer> {
  const secret = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    const asked = pathOf(request);
    const path = asked === secret ? '/' : asked;
    const body = asked === '/' ? undefined : files.get(path);
    if (body === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, {
        'Content-Type': TYPES[path === '/' ? '' : extname(path)] ?? 'application/octet-stream',
        // cross-origin isolation, which threads of wasm require
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      })
      .end(body);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject); // stays on, since failing to accept a connection must not end the process
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { WebSocketServer } = await importNative<typeof import('ws')>('ws');
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  const connected = new Promise<Port>((resolve) => {
    let taken = false;
    server.on('upgrade', (request, socket, head) => {
      if (taken || pathOf(request) !== secret || request.headers.origin !== origin) return refuse(socket);
      return sockets.handleUpgrade(request, socket, head, (page) => {
        taken = true;
        resolve(socketPort(page, request));
      });
    });
  });
  return {
    url: origin + secret,
    connected,
    close: () => {
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy()); // the other side may be gone
  socket.once('finish', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function socketPort(socket: WebSocket, { socket: wire }: IncomingMessage): Port {
  let reason = 'the browser ended';
  socket.on('error', (e) => {
    reason = e.message;
  });
  // a promise, so that late listeners are called too
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(reason)));
  // the process may exit while no answer is pending
  const waiting = (yes: boolean): Socket => (yes ? wire.ref() : wire.unref());
  waiting(false);
  return {
    post: (message) => socket.send(encode(message)),
    onMessage: (listener) =>
      socket.on('message', (data) => {
        let message: unknown;
        try {
          message = decode(data as Buffer);
        } catch (e) {
          reason = `a message could not be read: ${(e as Error).message}`;
          return socket.terminate();
        }
        return listener(message);
      }),
    onClose: (listener) => void closed.then(listener),
    waiting,
    close: async () => socket.terminate(),
  };
}
