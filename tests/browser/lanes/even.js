/** The lane that begins with the files whose stories are told in Chromium. */

import { tellAll } from '../lane.js';

await tellAll(0);
