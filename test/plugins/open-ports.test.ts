/** Ports that are open get the sender nothing; test/fuzz/ports.ts sends to them whatever there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { connectBrowser } from '../../plugins/browser/launch.ts';
import { openPageServer, openSocket, outcomeOf } from '../fuzz/ports.ts';
import { findChromium } from '../support/chromium.ts';
import { FULL } from '../support/effort.ts';

const answers = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status;

describe('an open port', function () {
  this.timeout(300_000);

  it('lets nobody be the device but the page, once: by its address and its origin', async () => {
    const server = await openPageServer();
    const { origin } = new URL(server.url);
    try {
      expect(await answers(origin)).to.equal(404);
      for (const [url, by] of [
        [origin, origin],
        [`${origin}/page.js`, origin],
        [server.url.slice(0, -1), origin],
        [server.url, undefined],
        [server.url, 'null'],
        [server.url, 'https://example.org'],
        [server.url, 'http://127.0.0.1:1'],
      ] as const)
        expect(await outcomeOf(openSocket(url, by)), `${url} by ${by}`).to.contain('403');
      const device = openSocket(server.url, origin);
      expect(await outcomeOf(device)).to.equal('open');
      await server.connected;
      expect(await outcomeOf(openSocket(server.url, origin)), 'another').to.contain('403');
      device.terminate();
    } finally {
      server.close();
    }
  });

  const chromium = findChromium();
  (FULL && chromium !== undefined && process.platform === 'linux' ? it : it.skip)(
    "has a page whose address is in no process's arguments",
    async () => {
      process.env.CHROME_PATH ??= chromium;
      const port = await connectBrowser();
      try {
        const shown = readdirSync('/proc').flatMap((pid) => {
          try {
            return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : [];
          } catch {
            return []; // it has ended
          }
        });
        expect(shown.some((line) => line.includes('--headless'))).to.equal(true);
        expect(shown.filter((line) => /http:\/\/127\.0\.0\.1:\d+\/[\da-f]{8}-/.test(line))).to.deep.equal([]);
      } finally {
        await port.close();
      }
    },
  );
});
