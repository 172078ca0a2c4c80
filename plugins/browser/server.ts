/**
 * Serves the page of a started browser, on this machine alone, and takes its connection. Whoever else finds the port gets nothing from it:
 * the page has an address that only the browser is told, and only that page, once, becomes the device.
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

/** Larger than any message: tensors of devices end before it. */
const LARGEST_MESSAGE = 2 ** 31 - 1;

/** Far more than a page opens. Others' connections cannot use up what files the process may have open. */
const MOST_CONNECTIONS = 100;

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

/** What a request asks for, without its query. Nothing is decoded, and so nothing can fail: a request may have any text here. */
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
        // isolated, so that wasm may have threads
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      })
      .end(body);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject); // for good: that a connection could not be taken is no reason to end
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
  // known to who asks later, too
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(reason)));
  // the process may end while it waits for nothing
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
