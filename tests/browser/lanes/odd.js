/** The lane that begins with the files whose stories are told in Firefox. */

import { tellAll } from '../lane.js';

await tellAll(1);
