// tries: an import of another strategy
// expect: refused Operation is not allowed for

import * as other from './sma-cross.js';
export default other;
