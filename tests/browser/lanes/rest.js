/** The lane that begins with the last files, whichever browser their stories are told in: the others wait now and then. */

import { tellAll } from '../lane.js';

await tellAll(2);
