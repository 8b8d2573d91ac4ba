// The imports: a part of the page that is fetched when somebody brings a file.
import { theMap } from '../map/engine.js';
import { paintIntake } from '../map/intake-paint.js';
import '../ui/intake/gw-intake.js';

const map = theMap();
if (map) paintIntake(map);

export { openIntake } from './acts.js';
