/** The script of a page's worker: it runs programs that the page compiles. */
import { serve } from './host.ts';
import { hostBackends } from './host-backends.browser.ts';
import { type WebEnd, webPort } from './port.ts';

serve(webPort(globalThis as unknown as WebEnd), hostBackends);
