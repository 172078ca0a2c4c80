/**
 * Ports that are open: whatever is sent to one, by somebody or by the device itself, leaves the process alive, the program that runs as it
 * was, and what is asked of the device right or a typed error.
 */
import { connect } from 'node:net';
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { target } from '../../backends/cpu/target.ts';
import { compile, Graph, RetrographError } from '../../index.node.ts';
import { mul, square, sub, sum } from '../../ops/index.ts';
import * as codec from '../../plugins/browser/codec.ts';
import { type PageServer, servePage } from '../../plugins/browser/server.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { serve as serveDevice } from '../../plugins/remote/host.ts';
import { hostBackends } from '../../plugins/remote/host-backends.node.ts';
import { RemoteBackend } from '../../plugins/remote/remote-backend.ts';
import { serve } from '../support/chromium.ts';
import { failure } from '../support/failure.ts';
import { withoutUncaught } from '../support/uncaught.ts';
import type { Kind } from './kind.ts';

const PAGE = new TextEncoder().encode('a page');
export const openPageServer = (): Promise<PageServer> =>
  servePage(
    new Map([
      ['/', PAGE],
      ['/page.js', PAGE],
    ]),
  );
const portOf = (url: string): number => Number(new URL(url).port);

// ---- what is sent

const latin1 = (...texts: readonly string[]): Buffer => Buffer.from(texts.join(''), 'latin1');
const bytes = fc.uint8Array({ maxLength: 80 }).map((b) => Buffer.from(b));
const word = fc.string({ unit: 'binary', maxLength: 12 });

const paths = fc.oneof(
  fc.constantFrom(
    '//',
    '///',
    '/',
    '*',
    '',
    'http://[',
    'http://',
    '/%',
    '/%00',
    '/..',
    '/../../etc/passwd',
    '/\\',
    '//[::',
    '/?',
    '?',
  ),
  fc.constantFrom(
    '/__proto__',
    '/constructor',
    '/page.js',
    'http://a:99999999/',
    'localhost:1',
    `/${'a'.repeat(20_000)}`,
  ),
  word.map((w) => `/${w}`),
  word,
);
const methods = fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'CONNECT', 'OPTIONS', 'PRI', 'get', ''), word);
const lines = fc
  .tuple(methods, paths, fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''))
  .map((parts) => parts.join(' '));

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
];
const headers = fc.array(
  fc.oneof(
    fc.constantFrom('Host: 127.0.0.1', ...UPGRADE, 'Upgrade: h2c', 'Sec-WebSocket-Version: -1', 'Sec-WebSocket-Key: ?'),
    fc.constantFrom(
      'Expect: 100-continue',
      'Expect: 1',
      'Content-Length: 5',
      'Content-Length: -1',
      'Transfer-Encoding: chunked',
    ),
    fc.constantFrom(
      'Sec-WebSocket-Protocol: ,',
      'Sec-WebSocket-Extensions: permessage-deflate; x',
      'Origin: null',
      'Range: bytes=9-',
    ),
    fc.tuple(word, word).map((pair) => pair.join(': ')),
    word,
  ),
  { maxLength: 6 },
);

/** A frame of a websocket's, or something like it: RFC 6455, section 5.2. */
const frames = fc
  .record({
    first: fc.oneof(fc.nat(255), fc.constantFrom(0x81, 0x82, 0x88, 0x89, 0x02, 0x00, 0xff)),
    length: fc.oneof(fc.nat(255), fc.constantFrom(0x80, 0xfe, 0xff, 0x7f)),
    rest: bytes,
  })
  .map(({ first, length, rest }) => Buffer.concat([Buffer.of(first, length), rest]));

/** What is right but for some bytes. */
const GOOD = [
  latin1('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  latin1('POST /page.js HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'),
  latin1(['GET / HTTP/1.1', 'Host: 127.0.0.1', 'Origin: null', ...UPGRADE, '', ''].join('\r\n')),
];
const nearlyGood = fc
  .tuple(
    fc.constantFrom(...GOOD),
    fc.array(fc.tuple(fc.nat(), fc.nat(9), fc.uint8Array({ maxLength: 9 })), { minLength: 1, maxLength: 4 }),
  )
  .map(([good, changes]) =>
    changes.reduce((text, [place, cut, more]) => {
      const at = place % (text.length + 1);
      return Buffer.concat([text.subarray(0, at), more, text.subarray(at + cut)]);
    }, good),
  );

/** What somebody sends who does not know the page's address. */
const hostile = fc.oneof(
  bytes,
  nearlyGood,
  fc
    .tuple(lines, headers, bytes)
    .map(([line, list, body]) => Buffer.concat([latin1([line, ...list, '', ''].join('\r\n')), body])),
  fc
    .tuple(paths, fc.shuffledSubarray(UPGRADE, { minLength: 3 }), fc.array(frames, { maxLength: 3 }))
    .map(([path, list, sent]) =>
      Buffer.concat([latin1([`GET ${path} HTTP/1.1`, 'Host: x', ...list, '', ''].join('\r\n')), ...sent]),
    ),
);

/** Sends, and waits until the other side has closed; what it said. */
function send(port: number, data: Uint8Array, { end = true } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.once('close', () => resolve(said));
    // one that waits for more is left: what it has been sent has been read by then
    socket.setTimeout(300, () => socket.destroy());
    if (end) socket.end(data);
    else socket.write(data, () => setTimeout(() => socket.resetAndDestroy(), 5));
  });
}

// ---- the page of a started browser

/** Connects as the page does. */
export const openSocket = (url: string, origin: string | undefined): WebSocket =>
  new WebSocket(url.replace('http', 'ws'), { ...(origin !== undefined && { origin }), perMessageDeflate: false });
export const outcomeOf = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('error', (e) => resolve(e.message));
  });

/** A device in the place of the page: it runs on cpu. */
async function connectDevice({ url }: PageServer): Promise<WebSocket> {
  const socket = openSocket(url, new URL(url).origin);
  serveDevice(
    {
      post: (message) => socket.send(codec.encode(message)),
      onMessage: (listener) => socket.on('message', (data) => listener(codec.decode(data as Buffer))),
      onClose: () => {},
      waiting: () => {},
      close: async () => socket.terminate(),
    },
    hostBackends,
  );
  await outcomeOf(socket);
  return socket;
}

const remote = (server: PageServer): RemoteBackend => new RemoteBackend({ target, connect: () => server.connected });

/** w goes to 3. */
function training() {
  const g = new Graph();
  const w = g.variable('w', [2], [1, 2]);
  const loss = sum(square(sub(mul(w, g.placeholder('x', [2])), 3)));
  return { outputs: { loss }, updates: sgd({ learningRate: 0.1 }).minimize(loss) };
}

/** Answers that are near to good ones. */
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
const near = <T>(good: T): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>(good) }, anything);
const answer = fc.oneof(
  anything,
  fc.record(
    {
      id: near(1),
      asks: near(true),
      memory: near({ buffers: 0, bytes: 0 }),
      value: near({
        kernels: ['Add'],
        limits: {},
        details: {},
        loss: { data: Uint8Array.of(1), shape: [], dtype: 'float32' },
      }),
      error: near({ name: 'ShapeError', message: 'wrong', node: 'x', phase: 'running' }),
    },
    { requiredKeys: ['id'] },
  ),
);

const message = fc.oneof(
  bytes.map((b): readonly ['frame' | 'message', Uint8Array] => ['message', b]),
  frames.map((b) => ['frame', b] as const),
  answer.map((value) => ['message', encode(value, { ignoreUndefined: true })] as const),
);

/** A device that answers well some times, then sends these, and is gone: what is asked of it comes right, or to a typed error. */
async function beHostile(
  messages: readonly (readonly ['frame' | 'message', Uint8Array])[],
  after: number,
): Promise<void> {
  const server = await openPageServer();
  const socket = openSocket(server.url, new URL(server.url).origin);
  let left = after;
  const attack = (): void => {
    for (const [kind, data] of messages) {
      if (kind === 'message') socket.send(data);
      else (socket as unknown as { _socket: { write(data: Uint8Array): void } })._socket.write(data);
    }
    setTimeout(() => socket.terminate(), 5);
  };
  socket.on('error', () => {});
  serveDevice(
    {
      post: (message) => (left-- > 0 ? socket.send(codec.encode(message)) : attack()),
      onMessage: (listener) => socket.on('message', (data) => listener(codec.decode(data as Buffer))),
      onClose: () => {},
      waiting: () => {},
      close: async () => {},
    },
    hostBackends,
  );
  await outcomeOf(socket);
  const backend = remote(server);
  const { outputs, updates } = training();
  try {
    const error = await failure(async () => {
      const program = await compile(outputs, { backend, updates });
      await program.run({ x: [1, 1] });
      await program.variables.get('w');
      for (;;) await program.run({ x: [1, 1] });
    });
    if (!(error instanceof RetrographError)) throw error;
  } finally {
    await backend.stop();
    socket.terminate();
    server.close();
  }
}

const cases = fc.oneof(
  { weight: 3, arbitrary: fc.record({ to: fc.constantFrom('page', 'files'), data: hostile, end: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ device: fc.array(message, { minLength: 1, maxLength: 4 }), after: fc.nat(3) }) },
);

const answers = async (url: string): Promise<number> => (await fetch(url)).status;

export const ports: Kind = {
  name: 'ports',
  open: async () => {
    const files = await serve({ '/index.html': 'a page' });
    const page = await openPageServer();
    const socket = await connectDevice(page);
    const { outputs, updates } = training();
    const backend = remote(page);
    const program = await compile(outputs, { backend, updates });
    const alone = await compile(outputs, { backend: 'cpu', updates });
    const urls = { page: page.url, files: files.url };

    const check = async (url: string, data: Buffer, end: boolean): Promise<void> => {
      await send(portOf(url), data, { end });
      const status = await answers(url);
      if (status !== 200) throw new Error(`the page is gone: ${status}`);
      const [there, here] = [await program.run({ x: [1, 1] }), await alone.run({ x: [1, 1] })];
      if (there.loss.item() !== here.loss.item()) throw new Error(`a loss of ${there.loss}, not ${here.loss}`);
    };
    return {
      property: fc.asyncProperty(cases, (one) =>
        withoutUncaught(() =>
          'to' in one ? check(urls[one.to as keyof typeof urls], one.data, one.end) : beHostile(one.device, one.after),
        ),
      ),
      close: async () => {
        program.dispose();
        alone.dispose();
        await backend.stop();
        socket.terminate();
        page.close();
        await files.close();
      },
    };
  },
};
