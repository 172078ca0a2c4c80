/** The script of a page's worker: it runs what the page compiles. */
import { serve } from './host.ts';
import { hostBackends } from './host-backends.browser.ts';
import { webPort } from './port.ts';

serve(webPort(globalThis as unknown as Worker), hostBackends);
